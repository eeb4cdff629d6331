package io.ordinal.server.auth;

import io.ordinal.server.ApiException;
import io.ordinal.server.Status;
import io.ordinal.server.User;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Says whether a user may do something.
public final class Authorizer {
  private static final Set<String> PUBLIC = Set.of("/healthz", "/livez", "/readyz", "/version");
  private static final Set<String> DISCOVERY = Set.of("/", "/api", "/apis", "/openapi");
  private static final List<String> ISSUER =
      List.of("/.well-known/openid-configuration", "/openid/v1/jwks");

  /// Whether the user may.
  public boolean allows(User user, Action action) {
    if (user.in(User.MASTERS)) {
      return true;
    }
    return switch (action) {
      case Action.OnPath path -> allowsPath(user, path);
      case Action.OnResource resource ->
          BuiltInRules.of(user).stream()
              .anyMatch(rules -> rules.stream().anyMatch(rule -> rule.allows(resource)));
    };
  }

  /// All that the user may do with resources.
  List<Rule> rules(User user) {
    return user.in(User.MASTERS)
        ? List.of(Rule.everything())
        : BuiltInRules.of(user).stream().flatMap(List::stream).toList();
  }

  /// The paths beside resources that are open to the user, by verbs; a `*` at the end stands for
  /// everything below.
  Map<List<String>, List<String>> paths(User user) {
    if (user.in(User.MASTERS)) return Map.of(List.of("*"), List.of("*"));
    var open = new TreeSet<String>();
    for (var path : PUBLIC) open.addAll(List.of(path, path + "/*"));
    if (user.in(User.AUTHENTICATED)) {
      open.addAll(ISSUER);
      for (var path : DISCOVERY) {
        open.add(path);
        if (!path.equals("/")) open.add(path + "/*");
      }
    }
    return Map.of(List.of("get", "head"), List.copyOf(open));
  }

  /// @throws ApiException 403 when the user may not
  public void check(User user, Action action) {
    if (!allows(user, action)) {
      throw new ApiException(
          switch (action) {
            case Action.OnPath path -> refusal(user, path);
            case Action.OnResource resource -> refusal(user, resource);
          });
    }
  }

  private static boolean allowsPath(User user, Action.OnPath action) {
    if (!action.verb().equals("get") && !action.verb().equals("head")) {
      return false;
    }
    var path = action.path();
    if (isBelow(path, PUBLIC)) {
      return true;
    }
    return user.in(User.AUTHENTICATED)
        && (path.equals("/") || isBelow(path, DISCOVERY) || ISSUER.contains(path));
  }

  private static boolean isBelow(String path, Set<String> roots) {
    var second = path.indexOf('/', 1);
    return roots.contains(second < 0 ? path : path.substring(0, second));
  }

  private static Status refusal(User user, Action.OnPath action) {
    return Status.failure(
        403,
        "Forbidden",
        "forbidden: User \""
            + user.name()
            + "\" cannot "
            + action.verb()
            + " path \""
            + action.path()
            + "\"");
  }

  private static Status refusal(User user, Action.OnResource action) {
    var where =
        action.namespace().isEmpty()
            ? " at the cluster scope"
            : " in the namespace \"" + action.namespace() + "\"";
    return Status.forbidden(
        action.group(),
        action.resource(),
        action.name(),
        "User \""
            + user.name()
            + "\" cannot "
            + action.verb()
            + " resource \""
            + action.path()
            + "\" in API group \""
            + action.group()
            + "\""
            + where);
  }
}
