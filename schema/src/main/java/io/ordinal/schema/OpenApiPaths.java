package io.ordinal.schema;

import io.ordinal.schema.OpenApiTypes.Dialect;
import io.ordinal.schema.ServedResource.Subresource;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What can be requested, as OpenAPI paths.
final class OpenApiPaths {
  private static final List<String> PATCHES =
      List.of(
          "application/json-patch+json",
          "application/merge-patch+json",
          "application/strategic-merge-patch+json",
          "application/apply-patch+yaml");

  /// Without a built-in type there are no merge keys.
  private static final List<String> PATCHES_OF_CUSTOM =
      List.of(
          "application/json-patch+json",
          "application/merge-patch+json",
          "application/apply-patch+yaml");

  private static final Parameter PRETTY =
      new Parameter("pretty", "string", "If true, the answer is indented.");
  private static final Parameter DRY_RUN =
      new Parameter("dryRun", "string", "All: everything is checked and nothing is stored.");
  private static final Parameter FIELD_MANAGER =
      new Parameter(
          "fieldManager", "string", "The name of who makes the change, at most 128 characters.");
  private static final Parameter FIELD_VALIDATION =
      new Parameter(
          "fieldValidation",
          "string",
          "What becomes of unknown and duplicate fields: Ignore, Warn or Strict.");
  private static final Parameter FORCE =
      new Parameter(
          "force", "boolean", "Take over fields that other managers own. For apply patches only.");

  private static final List<Parameter> LIST =
      List.of(
          new Parameter("allowWatchBookmarks", "boolean", "A watch may send bookmarks."),
          new Parameter("continue", "string", "Where the last page ended."),
          new Parameter("fieldSelector", "string", "Restricts the list by fields."),
          new Parameter("labelSelector", "string", "Restricts the list by labels."),
          new Parameter("limit", "integer", "The most items that a page has."),
          new Parameter(
              "resourceVersion",
              "string",
              "Which version may be answered, or where a watch begins."),
          new Parameter("resourceVersionMatch", "string", "How resourceVersion is meant."),
          new Parameter("sendInitialEvents", "boolean", "A watch begins with what there is."),
          new Parameter("timeoutSeconds", "integer", "When the call ends at the latest."),
          new Parameter("watch", "boolean", "Send changes as they happen."));

  private static final List<Parameter> DELETE =
      List.of(
          DRY_RUN,
          new Parameter("gracePeriodSeconds", "integer", "How long the object may take to end."),
          new Parameter("orphanDependents", "boolean", "Deprecated: use propagationPolicy."),
          new Parameter(
              "propagationPolicy",
              "string",
              "What becomes of dependents: Orphan, Background or Foreground."));

  private record Parameter(String name, String type, String description) {}

  /// A path, and what is behind it.
  private record Place(String path, Gvk gvk, boolean namespaced, String suffix) {}

  private final OpenApiTypes types;
  private final Dialect dialect;
  private final JsonNodeFactory nodes = JsonNodeFactory.instance;
  private final TreeMap<String, ObjectNode> paths = new TreeMap<>();

  OpenApiPaths(OpenApiTypes types, Dialect dialect) {
    this.types = types;
    this.dialect = dialect;
  }

  void add(ServedResource served) {
    served.custom().ifPresent(custom -> types.know(served.gvk(), custom));
    String root = "/" + groupVersionPath(served.gvk()) + "/";
    String prefix = served.namespaced() ? root + "namespaces/{namespace}/" : root;
    String collection = prefix + served.resource();
    if (served.namespaced() && served.verbs().contains("list")) {
      var everywhere = new Place(root + served.resource(), served.gvk(), false, "ForAllNamespaces");
      collection(everywhere, Set.of("list"));
    }
    collection(new Place(collection, served.gvk(), served.namespaced(), ""), served.verbs());
    String item = collection + "/{name}";
    item(new Place(item, served.gvk(), served.namespaced(), ""), served.verbs());
    for (Subresource sub : served.subresources()) {
      var place =
          new Place(
              item + "/" + sub.name(), sub.gvk(), served.namespaced(), capitalized(sub.name()));
      item(place, sub.verbs());
      if (sub.verbs().contains("create")) {
        write(place, "post", "create");
      }
    }
  }

  /// All paths, in order.
  ObjectNode paths() {
    ObjectNode all = nodes.objectNode();
    paths.forEach(all::set);
    return all;
  }

  /// `api/v1` or `apis/apps/v1`.
  static String groupVersionPath(Gvk gvk) {
    return gvk.group().isEmpty() ? "api/" + gvk.version() : "apis/" + gvk.apiVersion();
  }

  private void collection(Place at, Set<String> verbs) {
    var list = OpenApiTypes.listOf(at.gvk());
    if (verbs.contains("list")) {
      operation(at, "get", "list", LIST, null, types.ref(list));
    }
    if (verbs.contains("create")) {
      write(at, "post", "post");
    }
    if (verbs.contains("deletecollection")) {
      operation(
          at,
          "delete",
          "deletecollection",
          LIST,
          types.metaRef("DeleteOptions"),
          types.metaRef("Status"));
    }
  }

  private void item(Place at, Set<String> verbs) {
    if (verbs.contains("get")) {
      operation(at, "get", "get", List.of(), null, types.ref(at.gvk()));
    }
    if (verbs.contains("update")) {
      write(at, "put", "put");
    }
    if (verbs.contains("patch")) {
      operation(
          at,
          "patch",
          "patch",
          List.of(DRY_RUN, FIELD_MANAGER, FIELD_VALIDATION, FORCE),
          types.metaRef("Patch"),
          types.ref(at.gvk()));
    }
    if (verbs.contains("delete")) {
      operation(
          at, "delete", "delete", DELETE, types.metaRef("DeleteOptions"), types.metaRef("Status"));
    }
  }

  /// The object goes there and comes back.
  private void write(Place at, String method, String action) {
    var query = List.of(DRY_RUN, FIELD_MANAGER, FIELD_VALIDATION);
    operation(at, method, action, query, types.ref(at.gvk()), types.ref(at.gvk()));
  }

  private void operation(
      Place at,
      String method,
      String action,
      List<Parameter> query,
      @Nullable ObjectNode body,
      ObjectNode answer) {
    ObjectNode operation = nodes.objectNode();
    operation.put("description", "%s %s".formatted(action, at.gvk().kind()));
    operation.put("operationId", action + operationName(at));
    ArrayNode parameters = operation.putArray("parameters");
    boolean required = !method.equals("delete");
    boolean isPatch = method.equals("patch");
    if (dialect == Dialect.V2) {
      describeV2(operation, accepted(at, isPatch));
      if (body != null) {
        parameters
            .addObject()
            .put("in", "body")
            .put("name", "body")
            .put("required", required)
            .set("schema", body);
      }
    } else if (body != null) {
      ObjectNode requestBody = operation.putObject("requestBody");
      requestBody.put("required", required);
      ObjectNode content = requestBody.putObject("content");
      accepted(at, isPatch).forEach(type -> content.putObject(type).set("schema", body));
    }
    query.forEach(parameter -> parameters.add(inQuery(parameter)));
    ObjectNode ok = operation.putObject("responses").putObject("200");
    ok.put("description", "OK");
    if (dialect == Dialect.V2) {
      ok.set("schema", answer);
    } else {
      ok.putObject("content").putObject("application/json").set("schema", answer);
    }
    operation.put("x-kubernetes-action", action);
    operation.set("x-kubernetes-group-version-kind", OpenApiTypes.gvk(at.gvk()));
    paths.computeIfAbsent(at.path(), path -> pathItem(at)).set(method, operation);
  }

  /// By the list of patches kubectl decides how it applies a change.
  private List<String> accepted(Place at, boolean isPatch) {
    if (!isPatch) {
      return List.of("*/*");
    }
    return types.isCustom(at.gvk()) ? PATCHES_OF_CUSTOM : PATCHES;
  }

  private void describeV2(ObjectNode operation, List<String> accepted) {
    ArrayNode consumes = operation.putArray("consumes");
    accepted.forEach(consumes::add);
    operation.putArray("produces").add("application/json").add("application/yaml");
    operation.putArray("schemes").add("https");
  }

  private ObjectNode pathItem(Place at) {
    ObjectNode item = nodes.objectNode();
    ArrayNode parameters = item.putArray("parameters");
    if (at.path().contains("{name}")) {
      parameters.add(inPath("name", "The object's name."));
    }
    if (at.path().contains("{namespace}")) {
      parameters.add(inPath("namespace", "The namespace that the object is in."));
    }
    parameters.add(inQuery(PRETTY));
    return item;
  }

  private ObjectNode inQuery(Parameter parameter) {
    ObjectNode node = nodes.objectNode();
    node.put("name", parameter.name())
        .put("in", "query")
        .put("description", parameter.description());
    return typed(node, parameter.type());
  }

  private ObjectNode inPath(String name, String description) {
    ObjectNode node = nodes.objectNode();
    node.put("name", name).put("in", "path").put("description", description).put("required", true);
    return typed(node, "string");
  }

  private ObjectNode typed(ObjectNode parameter, String type) {
    ObjectNode holder = dialect == Dialect.V2 ? parameter : parameter.putObject("schema");
    holder.put("type", type).put("uniqueItems", true);
    return parameter;
  }

  private static String operationName(Place at) {
    String group = at.gvk().group().isEmpty() ? "core" : at.gvk().group().replaceAll("\\..*", "");
    return capitalized(group)
        + capitalized(at.gvk().version())
        + (at.namespaced() ? "Namespaced" : "")
        + at.gvk().kind()
        + at.suffix();
  }

  private static String capitalized(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }
}
