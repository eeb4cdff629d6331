package io.ordinal.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a request is about, read from its method, path and query alone (contract A1). No value is
/// "". The Namespace object itself is cluster-scoped: its namespace is "".
///
/// @param group "" for the core group
public record Target(
    Verb verb,
    String group,
    String version,
    String resource,
    String subresource,
    String namespace,
    String name) {
  private static final Set<String> NAMESPACE_SUBRESOURCES = Set.of("status", "finalize");

  /// The target of a request below `/api/{version}/` or `/apis/{group}/{version}/`; empty for every
  /// other path.
  ///
  /// @throws ApiException 405 when the method is none of HTTP's that Kubernetes uses
  public static Optional<Target> parse(String method, String path, Query query) {
    var parts = new ArrayList<>(List.of(path.split("/", -1)));
    parts.removeIf(String::isEmpty);
    var core = !parts.isEmpty() && parts.getFirst().equals("api");
    var prefix = core ? 2 : 3;
    var named = !parts.isEmpty() && parts.getFirst().equals("apis");
    if (!(core || named) || parts.size() <= prefix) {
      return Optional.empty();
    }
    var group = core ? "" : parts.get(1);
    var rest = parts.subList(prefix, parts.size());
    var watching = rest.getFirst().equals("watch");
    return below(
        watching ? rest.subList(1, rest.size()) : rest,
        new Prefix(method, query, group, parts.get(prefix - 1), watching));
  }

  private record Prefix(
      String method, Query query, String group, String version, boolean watching) {}

  private static Optional<Target> below(List<String> parts, Prefix prefix) {
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    var namespaced =
        parts.getFirst().equals("namespaces")
            && parts.size() > 2
            && !(parts.size() == 3 && NAMESPACE_SUBRESOURCES.contains(parts.get(2)));
    var namespace = namespaced ? parts.get(1) : "";
    var rest = namespaced ? parts.subList(2, parts.size()) : parts;
    var name = rest.size() > 1 ? rest.get(1) : "";
    return Optional.of(
        new Target(
            verb(prefix, name),
            prefix.group,
            prefix.version,
            rest.getFirst(),
            rest.size() > 2 ? String.join("/", rest.subList(2, rest.size())) : "",
            namespace,
            name));
  }

  private static Verb verb(Prefix prefix, String name) {
    return switch (prefix.method) {
      case "GET", "HEAD" -> {
        if (prefix.watching || (name.isEmpty() && prefix.query.flag("watch"))) {
          yield Verb.WATCH;
        }
        yield name.isEmpty() ? Verb.LIST : Verb.GET;
      }
      case "POST" -> Verb.CREATE;
      case "PUT" -> Verb.UPDATE;
      case "PATCH" -> Verb.PATCH;
      case "DELETE" -> name.isEmpty() ? Verb.DELETECOLLECTION : Verb.DELETE;
      default -> throw new ApiException(Status.methodNotAllowed());
    };
  }

  /// The same target with another verb.
  public Target with(Verb other) {
    return new Target(other, group, version, resource, subresource, namespace, name);
  }

  /// `apps/v1`, or `v1` for the core group.
  public String groupVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /// `pods` or `pods/log`: how rules and messages name what is accessed.
  public String resourcePath() {
    return subresource.isEmpty() ? resource : resource + "/" + subresource;
  }
}
