package io.ordinal.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A structural schema, as a CustomResourceDefinition carries it, made ready for reading, filling
/// and checking values. Whatever of the source is no schema says nothing.
public final class StructuralSchema {
  private static final ObjectNode ANY =
      JsonNodeFactory.instance.objectNode().put("x-kubernetes-preserve-unknown-fields", true);

  private final ObjectNode source;
  private final ObjectType metadata;
  private final StructuralSchema any;
  private final Set<String> types;
  private final Map<String, StructuralSchema> properties = new LinkedHashMap<>();
  private final @Nullable StructuralSchema values;
  private final @Nullable StructuralSchema items;
  private final Map<String, List<StructuralSchema>> choices = new LinkedHashMap<>();
  private final @Nullable Pattern pattern;
  private final ListKeys listKeys;

  /// @param metadata the type of an embedded object's metadata
  StructuralSchema(ObjectNode source, ObjectType metadata) {
    this(source, metadata, new StructuralSchema(metadata));
  }

  /// What takes any value.
  private StructuralSchema(ObjectType metadata) {
    this.source = ANY;
    this.metadata = metadata;
    this.any = this;
    this.types = Set.of();
    this.values = null;
    this.items = null;
    this.pattern = null;
    this.listKeys = ListKeys.of(ANY);
  }

  private StructuralSchema(ObjectNode source, ObjectType metadata, StructuralSchema any) {
    this.source = source;
    this.metadata = metadata;
    this.any = any;
    this.types = typesOf(source);
    for (var property : source.path("properties").properties()) {
      properties.put(property.getKey(), below(property.getValue()));
    }
    var additional = source.path("additionalProperties");
    this.values = additional.asBoolean(false) ? any : optional(additional);
    this.items = optional(source.path("items"));
    for (var choice : List.of("allOf", "anyOf", "oneOf")) {
      var list = new ArrayList<StructuralSchema>();
      source.path(choice).forEach(one -> list.add(below(one)));
      if (!list.isEmpty()) {
        choices.put(choice, list);
      }
    }
    if (source.path("not").isObject()) {
      choices.put("not", List.of(below(source.path("not"))));
    }
    this.pattern = compiled(source.path("pattern").asString(""));
    this.listKeys = ListKeys.of(source);
  }

  /// One that stands alone, for checking values of a schema that is not served yet.
  public static StructuralSchema of(ObjectNode source) {
    return new StructuralSchema(source, new ObjectType("", Map.of(), Merging.MapType.UNSPECIFIED));
  }

  private StructuralSchema below(JsonNode schema) {
    return new StructuralSchema(
        schema instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode(),
        metadata,
        any);
  }

  private @Nullable StructuralSchema optional(JsonNode schema) {
    return schema.isObject() ? below(schema) : null;
  }

  private static Set<String> typesOf(ObjectNode source) {
    if (source.path("x-kubernetes-int-or-string").asBoolean(false)) {
      return Set.of("integer", "string");
    }
    String type = source.path("type").asString("");
    return type.isEmpty() ? Set.of() : Set.of(type);
  }

  private static @Nullable Pattern compiled(String pattern) {
    try {
      return pattern.isEmpty() ? null : Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      return null;
    }
  }

  /// As it was written.
  ObjectNode source() {
    return source;
  }

  /// What a value may be; empty for anything.
  Set<String> types() {
    return types;
  }

  boolean flag(String name) {
    return source.path(name).asBoolean(false);
  }

  boolean nullable() {
    return flag("nullable");
  }

  /// Whether fields that nobody named are kept.
  boolean keepsUnknown() {
    return flag("x-kubernetes-preserve-unknown-fields");
  }

  /// Whether its values are whole objects, with an apiVersion, a kind and metadata.
  boolean isEmbedded() {
    return flag("x-kubernetes-embedded-resource");
  }

  ObjectType metadata() {
    return metadata;
  }

  @Nullable JsonNode defaultValue() {
    JsonNode value = source.get("default");
    return value == null || value.isNull() ? null : value;
  }

  Map<String, StructuralSchema> properties() {
    return properties;
  }

  /// The schema of a field's value; null when the field is pruned.
  public @Nullable StructuralSchema field(String name) {
    StructuralSchema named = properties.get(name);
    if (named != null) {
      return named;
    }
    if (values != null) {
      return values;
    }
    boolean head =
        isEmbedded()
            && (name.equals("apiVersion") || name.equals("kind") || name.equals("metadata"));
    return keepsUnknown() || head ? any : null;
  }

  @Nullable StructuralSchema items() {
    return items;
  }

  /// The schema of a list's elements; anything where nothing is said.
  StructuralSchema itemsOrAny() {
    return items != null ? items : any;
  }

  /// What tells a list's elements apart.
  ListKeys listKeys() {
    return listKeys;
  }

  /// Whether there are other schemas that a value is held against.
  boolean hasChoices() {
    return !choices.isEmpty();
  }

  /// The schemas of `allOf`, `anyOf`, `oneOf` or `not`.
  List<StructuralSchema> choices(String which) {
    return choices.getOrDefault(which, List.of());
  }

  @Nullable Pattern pattern() {
    return pattern;
  }

  /// Fills in what is left out, as the schema says.
  public void fill(JsonNode value) {
    StructuralDefaults.fill(value, this);
  }

  /// What is wrong with a value that stands at a path.
  ///
  /// @param looks what the values of one object have together
  public List<ValueProblem> checkAt(String path, JsonNode value, Looks looks) {
    var checking = new StructuralChecks(looks);
    checking.check(value, null, this, path);
    return checking.problems();
  }

  /// What is wrong with a value; of an `old` one, what did not change is not looked at again.
  public List<ValueProblem> check(JsonNode value, @Nullable JsonNode old) {
    var checking = new StructuralChecks(new Looks());
    checking.check(value, old, this, "");
    return checking.problems();
  }
}
