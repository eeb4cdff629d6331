package io.ordinal.schema;

import io.ordinal.schema.OpenApiTypes.Dialect;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A custom resource's schema as OpenAPI shows it. Version 2 has no alternatives and no null: what
/// it cannot say is left open, so that no client refuses what the server accepts.
final class CustomType {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Set<String> MAPS_OF_SCHEMAS = Set.of("properties");
  private static final Set<String> SCHEMAS = Set.of("items", "additionalProperties");
  private static final Set<String> NOT_IN_V2 =
      Set.of("nullable", "anyOf", "oneOf", "allOf", "not", "default", "example", "externalDocs");
  private static final Set<String> OPEN = Set.of("type", "items", "properties", "required");

  private final Dialect dialect;
  private final Function<String, ObjectNode> metaRefs;

  /// @param metaRefs makes references to types of meta/v1
  CustomType(Dialect dialect, Function<String, ObjectNode> metaRefs) {
    this.dialect = dialect;
    this.metaRefs = metaRefs;
  }

  /// `com.example.stable.v1.CronTab` for a kind of `stable.example.com`.
  static String name(Gvk gvk) {
    List<String> words = new ArrayList<>(List.of(gvk.group().split("\\.", -1)));
    Collections.reverse(words);
    return String.join(".", words) + "." + gvk.version() + "." + gvk.kind();
  }

  /// The definition of the kind.
  ObjectNode definition(Gvk gvk, ObjectNode schema) {
    ObjectNode definition = shown(schema);
    if (!definition.has("type") && dialect == Dialect.V3) {
      definition.put("type", "object");
    }
    head(definition, "ObjectMeta");
    return kind(definition, gvk);
  }

  /// The definition of its list.
  ObjectNode list(Gvk gvk, ObjectNode itemRef, Gvk item) {
    ObjectNode definition = NODES.objectNode();
    definition.put("description", "%s is a list of %s".formatted(gvk.kind(), item.kind()));
    definition.put("type", "object").putArray("required").add("items");
    definition
        .putObject("properties")
        .putObject("items")
        .put("description", "List of %s.".formatted(item.kind()))
        .put("type", "array")
        .set("items", itemRef);
    head(definition, "ListMeta");
    return kind(definition, gvk);
  }

  private static ObjectNode kind(ObjectNode definition, Gvk gvk) {
    definition.putArray("x-kubernetes-group-version-kind").add(OpenApiTypes.gvk(gvk));
    return definition;
  }

  private void head(ObjectNode definition, String metadata) {
    ObjectNode properties =
        definition.get("properties") instanceof ObjectNode present
            ? present
            : definition.putObject("properties");
    text(properties, "apiVersion", "The group and version of the object's kind.");
    text(properties, "kind", "The object's kind.");
    ObjectNode ref = metaRefs.apply(metadata);
    if (dialect == Dialect.V2) {
      properties.set("metadata", ref);
      return;
    }
    ObjectNode surrounded = NODES.objectNode();
    surrounded.putArray("allOf").add(ref);
    properties.set("metadata", surrounded.put("description", "Standard object's metadata."));
  }

  private static void text(ObjectNode properties, String name, String description) {
    properties.putObject(name).put("description", description).put("type", "string");
  }

  private JsonNode shown(JsonNode schema) {
    return schema instanceof ObjectNode object ? shown(object) : schema;
  }

  private ObjectNode shown(ObjectNode schema) {
    ObjectNode shown = NODES.objectNode();
    boolean open = dialect == Dialect.V2 && isOpen(schema);
    for (var word : schema.properties()) {
      String name = word.getKey();
      boolean unsaid = dialect == Dialect.V2 && NOT_IN_V2.contains(name);
      if (unsaid || (open && OPEN.contains(name))) {
        continue;
      }
      shown.set(name, word(name, word.getValue()));
    }
    if (schema.path("x-kubernetes-embedded-resource").asBoolean(false) && !open) {
      head(shown, "ObjectMeta");
    }
    return shown;
  }

  private JsonNode word(String name, JsonNode value) {
    if (MAPS_OF_SCHEMAS.contains(name)) {
      ObjectNode map = NODES.objectNode();
      value.properties().forEach(entry -> map.set(entry.getKey(), shown(entry.getValue())));
      return map;
    }
    if (SCHEMAS.contains(name)) {
      return shown(value);
    }
    return value instanceof ArrayNode list ? list.deepCopy() : value;
  }

  /// Whether version 2 would say less than is allowed.
  private static boolean isOpen(ObjectNode schema) {
    return schema.path("nullable").asBoolean(false)
        || schema.path("x-kubernetes-preserve-unknown-fields").asBoolean(false)
        || schema.path("x-kubernetes-int-or-string").asBoolean(false);
  }
}
