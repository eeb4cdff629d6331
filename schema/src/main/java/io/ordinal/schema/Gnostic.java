package io.ordinal.schema;

import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// An OpenAPI v2 document in gnostic's protobuf form, as far as [OpenApi] writes one. The numbers
/// are those of gnostic's published `OpenAPIv2.proto`; a map is a repeated message of a name (1)
/// and a value (2).
final class Gnostic {
  private static final Map<String, Integer> METHODS =
      Map.of("get", 2, "put", 3, "post", 4, "delete", 5, "patch", 8);

  private Gnostic() {}

  static byte[] document(ObjectNode document) {
    var out = new WireWriter();
    string(out, 1, document.get("swagger"));
    out.message(
        2,
        info -> {
          string(info, 1, document.path("info").get("title"));
          string(info, 2, document.path("info").get("version"));
        });
    out.message(8, paths -> named(paths, 2, document.path("paths"), Gnostic::pathItem));
    out.message(
        9, definitions -> named(definitions, 1, document.path("definitions"), Gnostic::schema));
    return out.toByteArray();
  }

  private static void pathItem(WireWriter out, JsonNode item) {
    for (var entry : item.properties()) {
      Integer method = METHODS.get(entry.getKey());
      if (method != null) {
        out.message(method, operation -> operation(operation, entry.getValue()));
      }
    }
    item.path("parameters").forEach(parameter -> out.message(9, to -> parameter(to, parameter)));
  }

  private static void operation(WireWriter out, JsonNode operation) {
    string(out, 3, operation.get("description"));
    string(out, 5, operation.get("operationId"));
    operation.path("produces").forEach(type -> string(out, 6, type));
    operation.path("consumes").forEach(type -> string(out, 7, type));
    operation
        .path("parameters")
        .forEach(parameter -> out.message(8, to -> parameter(to, parameter)));
    out.message(
        9, responses -> named(responses, 1, operation.path("responses"), Gnostic::response));
    operation.path("schemes").forEach(scheme -> string(out, 10, scheme));
    extensions(out, 13, operation);
  }

  /// `ParametersItem` → `Parameter` → of the body, or not.
  private static void parameter(WireWriter out, JsonNode parameter) {
    out.message(
        1,
        one ->
            one.message(
                parameter.path("in").asString("").equals("body") ? 1 : 2,
                kind -> {
                  switch (parameter.path("in").asString("")) {
                    case "body" -> bodyParameter(kind, parameter);
                    case "path" -> kind.message(4, path -> simpleParameter(path, parameter, 0));
                    default -> kind.message(3, query -> simpleParameter(query, parameter, 1));
                  }
                }));
  }

  private static void bodyParameter(WireWriter out, JsonNode parameter) {
    string(out, 2, parameter.get("name"));
    string(out, 3, parameter.get("in"));
    out.bool(4, parameter.path("required").asBoolean(false));
    out.message(5, schema -> schema(schema, parameter.path("schema")));
  }

  /// @param shift a query's parameter has one field more before its type
  private static void simpleParameter(WireWriter out, JsonNode parameter, int shift) {
    out.bool(1, parameter.path("required").asBoolean(false));
    string(out, 2, parameter.get("in"));
    string(out, 3, parameter.get("description"));
    string(out, 4, parameter.get("name"));
    string(out, 5 + shift, parameter.get("type"));
    out.bool(19 + shift, true);
  }

  /// `ResponseValue` → `Response`.
  private static void response(WireWriter out, JsonNode response) {
    out.message(
        1,
        one -> {
          string(one, 1, response.get("description"));
          if (response.has("schema")) {
            one.message(
                2, item -> item.message(1, schema -> schema(schema, response.path("schema"))));
          }
        });
  }

  private static void schema(WireWriter out, JsonNode schema) {
    string(out, 1, schema.get("$ref"));
    string(out, 2, schema.get("format"));
    string(out, 4, schema.get("description"));
    schema.path("required").forEach(name -> string(out, 19, name));
    if (schema.has("additionalProperties")) {
      out.message(
          21,
          either -> either.message(1, value -> schema(value, schema.path("additionalProperties"))));
    }
    if (schema.has("type")) {
      out.message(22, type -> string(type, 1, schema.get("type")));
    }
    if (schema.has("items")) {
      out.message(23, items -> items.message(1, item -> schema(item, schema.path("items"))));
    }
    if (schema.has("properties")) {
      out.message(
          25, properties -> named(properties, 1, schema.path("properties"), Gnostic::schema));
    }
    extensions(out, 31, schema);
  }

  private static void named(
      WireWriter out, int field, JsonNode map, BiConsumer<WireWriter, JsonNode> value) {
    for (var entry : map.properties()) {
      out.message(
          field,
          pair -> {
            pair.string(1, entry.getKey());
            pair.message(2, to -> value.accept(to, entry.getValue()));
          });
    }
  }

  /// Values are YAML, which JSON is.
  private static void extensions(WireWriter out, int field, JsonNode owner) {
    for (var entry : owner.properties()) {
      if (entry.getKey().startsWith("x-")) {
        out.message(
            field,
            pair -> {
              pair.string(1, entry.getKey());
              pair.message(2, any -> any.string(2, entry.getValue().toString()));
            });
      }
    }
  }

  private static void string(WireWriter out, int field, @Nullable JsonNode value) {
    if (value != null) {
      out.string(field, value.asString(""));
    }
  }
}
