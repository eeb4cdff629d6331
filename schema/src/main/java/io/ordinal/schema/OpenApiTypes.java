package io.ordinal.schema;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Types as OpenAPI definitions: those asked for, and all that they refer to.
final class OpenApiTypes {
  private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
  private static final String API_EXTENSIONS =
      "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.";

  /// The two versions of OpenAPI, as far as they write a type differently.
  enum Dialect {
    V2("#/definitions/"),
    V3("#/components/schemas/");

    private final String refPrefix;

    Dialect(String refPrefix) {
      this.refPrefix = refPrefix;
    }

    String ref(String name) {
      return refPrefix + name;
    }
  }

  private final Schemas schemas;
  private final Descriptions descriptions;
  private final Dialect dialect;
  private final JsonNodeFactory nodes = JsonNodeFactory.instance;
  private final TreeMap<String, ObjectNode> definitions = new TreeMap<>();
  private final Deque<String> pending = new ArrayDeque<>();
  private final Set<String> seen = new HashSet<>();
  private final Map<String, Supplier<ObjectNode>> custom = new HashMap<>();

  OpenApiTypes(Schemas schemas, Descriptions descriptions, Dialect dialect) {
    this.schemas = schemas;
    this.descriptions = descriptions;
    this.dialect = dialect;
  }

  /// A reference to the type, which will be among the definitions.
  ObjectNode ref(String name) {
    if (seen.add(name)) {
      pending.add(name);
    }
    return nodes.objectNode().put("$ref", dialect.ref(name));
  }

  /// Makes a custom resource's type known.
  void know(Gvk gvk, ServedResource.Custom type) {
    var custom = new CustomType(dialect, this::metaRef);
    var list = listOf(gvk);
    var shown = new Gvk(gvk.group(), gvk.version(), type.listKind());
    this.custom.put(CustomType.name(gvk), () -> custom.definition(gvk, type.schema()));
    this.custom.put(CustomType.name(list), () -> custom.list(shown, ref(gvk), gvk));
  }

  static Gvk listOf(Gvk gvk) {
    return new Gvk(gvk.group(), gvk.version(), gvk.kind() + "List");
  }

  boolean isCustom(Gvk gvk) {
    return custom.containsKey(CustomType.name(gvk));
  }

  /// A reference to a kind's type; any object where the kind has none.
  ObjectNode ref(Gvk gvk) {
    if (isCustom(gvk)) {
      return ref(CustomType.name(gvk));
    }
    return schemas
        .type(gvk)
        .map(type -> ref(type.name()))
        .orElseGet(() -> nodes.objectNode().put("type", "object"));
  }

  /// `DeleteOptions`, `Status`, `Patch`.
  ObjectNode metaRef(String simpleName) {
    return ref(META + simpleName);
  }

  /// All that was referred to, by name.
  ObjectNode definitions() {
    for (String name = pending.poll(); name != null; name = pending.poll()) {
      String wanted = name;
      Supplier<ObjectNode> made = custom.get(name);
      definitions.put(
          name,
          made != null
              ? made.get()
              : schemas.named(name).map(this::definition).orElseGet(() -> special(wanted)));
    }
    ObjectNode all = nodes.objectNode();
    definitions.forEach(all::set);
    return all;
  }

  private ObjectNode definition(ObjectType type) {
    ObjectNode definition = nodes.objectNode();
    describe(definition, descriptions.of(type));
    definition.put("type", "object");
    ArrayNode required = nodes.arrayNode();
    ObjectNode properties = nodes.objectNode();
    for (Field field : type.fields().values()) {
      properties.set(field.name(), property(type, field));
      if (field.required()) {
        required.add(field.name());
      }
    }
    if (!required.isEmpty()) {
      definition.set("required", required);
    }
    if (!properties.isEmpty()) {
      definition.set("properties", properties);
    }
    schemas
        .kindOf(type)
        .ifPresent(gvk -> definition.putArray("x-kubernetes-group-version-kind").add(gvk(gvk)));
    mapType(definition, type.mapType());
    return definition;
  }

  /// As an object of three fields.
  static ObjectNode gvk(Gvk gvk) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("group", gvk.group())
        .put("kind", gvk.kind())
        .put("version", gvk.version());
  }

  private ObjectNode property(ObjectType type, Field field) {
    ObjectNode value = value(type, field.type());
    ObjectNode property = value;
    if (dialect == Dialect.V3 && value.has("$ref")) {
      // In version 3 a reference stands alone: what else is said surrounds it.
      property = nodes.objectNode();
      property.putArray("allOf").add(value);
    }
    describe(property, description(type, field));
    merging(property, field);
    return property;
  }

  /// The models say nothing of fields that are only a reference: there the type's first sentence
  /// speaks.
  private String description(ObjectType type, Field field) {
    String own = descriptions.of(type, field);
    return own.isEmpty() && field.type() instanceof FieldType.Ref ref
        ? firstSentence(descriptions.of(ref.type()))
        : own;
  }

  private static String firstSentence(String text) {
    int end = text.indexOf(". ");
    return end < 0 ? text : text.substring(0, end + 1);
  }

  private static void merging(ObjectNode property, Field field) {
    Merging merging = field.merging();
    if (field.type() instanceof FieldType.ListOf) {
      property.put("x-kubernetes-list-type", merging.listType().name().toLowerCase(Locale.ROOT));
    }
    if (!merging.mapKeys().isEmpty()) {
      ArrayNode keys = property.putArray("x-kubernetes-list-map-keys");
      merging.mapKeys().forEach(keys::add);
    }
    mapType(property, merging.mapType());
    String strategies =
        String.join(",", merging.patch().stream().sorted().map(OpenApiTypes::strategy).toList());
    if (!strategies.isEmpty()) {
      property.put("x-kubernetes-patch-strategy", strategies);
    }
    if (!merging.mergeKey().isEmpty()) {
      property.put("x-kubernetes-patch-merge-key", merging.mergeKey());
    }
  }

  private static String strategy(Merging.Patch patch) {
    return switch (patch) {
      case MERGE -> "merge";
      case RETAIN_KEYS -> "retainKeys";
      case REPLACE -> "replace";
    };
  }

  private static void mapType(ObjectNode schema, Merging.MapType mapType) {
    switch (mapType) {
      case ATOMIC -> schema.put("x-kubernetes-map-type", "atomic");
      case GRANULAR -> schema.put("x-kubernetes-map-type", "granular");
      case UNSPECIFIED -> {}
    }
  }

  private static void describe(ObjectNode schema, String description) {
    if (!description.isEmpty()) {
      schema.put("description", description);
    }
  }

  private ObjectNode value(ObjectType owner, FieldType type) {
    ObjectNode schema = nodes.objectNode();
    return switch (type) {
      case FieldType.Ref ref -> ref(ref.name());
      case FieldType.ListOf list -> {
        schema.put("type", "array").set("items", value(owner, list.item()));
        yield schema;
      }
      case FieldType.MapOf map -> {
        schema.put("type", "object").set("additionalProperties", value(owner, map.value()));
        yield schema;
      }
      case FieldType.Scalar scalar ->
          switch (scalar) {
            case STRING -> schema.put("type", "string");
            case INT32 -> schema.put("type", "integer").put("format", "int32");
            case INT64 -> schema.put("type", "integer").put("format", "int64");
            case BOOL -> schema.put("type", "boolean");
            case DOUBLE -> schema.put("type", "number").put("format", "double");
            case BYTES -> schema.put("type", "string").put("format", "byte");
            case QUANTITY -> ref("io.k8s.apimachinery.pkg.api.resource.Quantity");
            case INT_OR_STRING -> ref("io.k8s.apimachinery.pkg.util.intstr.IntOrString");
            case TIME -> ref(META + "Time");
            case MICRO_TIME -> ref(META + "MicroTime");
            case RAW ->
                ref(
                    owner.name().startsWith(API_EXTENSIONS)
                        ? API_EXTENSIONS + "JSON"
                        : "io.k8s.apimachinery.pkg.runtime.RawExtension");
          };
    };
  }

  /// Types that no model has, because they are values in JSON.
  private ObjectNode special(String name) {
    ObjectNode schema = nodes.objectNode();
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "Quantity" -> {
        describe(
            schema,
            "A number with an optional suffix, decimal (m, k, M, G, T, P, E) or binary (Ki, Mi, Gi, Ti, Pi, Ei).");
        yield either(schema, "string", "number");
      }
      case "IntOrString" -> {
        describe(schema, "An int32, or a string.");
        yield either(schema, "integer", "string").put("format", "int-or-string");
      }
      case "Time" -> time(schema, "A time in RFC 3339, to the second.");
      case "MicroTime" -> time(schema, "A time in RFC 3339, to the microsecond.");
      case "JSON" -> {
        describe(schema, "Any JSON value.");
        yield schema;
      }
      case "Patch" -> {
        describe(schema, "A patch: its content type says of which kind.");
        yield schema.put("type", "object");
      }
      default -> {
        describe(schema, "An object whose type is not known here.");
        yield schema.put("type", "object");
      }
    };
  }

  private static ObjectNode time(ObjectNode schema, String description) {
    describe(schema, description);
    return schema.put("type", "string").put("format", "date-time");
  }

  /// Version 2 has no choices: it says string.
  private ObjectNode either(ObjectNode schema, String one, String other) {
    if (dialect == Dialect.V2) {
      return schema.put("type", "string");
    }
    ArrayNode choices = schema.putArray("oneOf");
    choices.addObject().put("type", one);
    choices.addObject().put("type", other);
    return schema;
  }
}
