package io.ordinal.schema;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Holds a value against its schema (OpenAPI's keywords and the list types of Kubernetes), worded
/// as upstream words it. What an update leaves as it was is not looked at: a schema that became
/// narrower must not stand in the way of other changes.
final class StructuralChecks {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final List<ValueProblem> problems = new ArrayList<>();
  private final Looks looks;

  /// @param looks what all checks of one object have together
  StructuralChecks(Looks looks) {
    this.looks = looks;
  }

  List<ValueProblem> problems() {
    return List.copyOf(problems);
  }

  void check(JsonNode value, @Nullable JsonNode old, StructuralSchema schema, String path) {
    if (old != null && old.equals(value)) {
      return;
    }
    if (value.isNull() && schema.nullable()) {
      return;
    }
    checkType(value, schema, path);
    if (schema.hasChoices()) {
      new StructuralChoices(this, looks).check(value, schema, path);
    }
    if (value.isString()) {
      checkText(value, schema, path);
    } else if (value.isNumber()) {
      checkNumber(value, schema, path);
    }
    checkEnum(value, schema, path);
    if (value instanceof ArrayNode list) {
      checkList(list, old, schema, path);
    } else if (value instanceof ObjectNode object) {
      checkObject(object, old, schema, path);
    }
  }

  private void checkType(JsonNode value, StructuralSchema schema, String path) {
    Set<String> types = schema.types();
    String type = typeOf(value);
    boolean fits =
        types.isEmpty()
            || types.contains(type)
            || (type.equals("integer") && types.contains("number"))
            || (value.isFloatingPointNumber() && types.contains("integer") && isWhole(value));
    if (!fits) {
      wrongType(path, String.join(",", new TreeSet<>(types)), type);
    }
  }

  private static boolean isWhole(JsonNode value) {
    return value.decimalValue().stripTrailingZeros().scale() <= 0;
  }

  static String typeOf(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT, POJO -> "object";
      case ARRAY -> "array";
      case STRING, BINARY -> "string";
      case BOOLEAN -> "boolean";
      case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
      case NULL, MISSING -> "null";
    };
  }

  private void checkText(JsonNode value, StructuralSchema schema, String path) {
    String text = value.stringValue();
    int length = text.codePointCount(0, text.length());
    JsonNode most = schema.source().get("maxLength");
    if (most != null && length > most.asLong(0)) {
      add(ValueProblem.Type.TOO_LONG, path, value, "", most);
    }
    JsonNode least = schema.source().get("minLength");
    if (least != null && length < least.asLong(0)) {
      invalid(path, value, "should be at least %d chars long".formatted(least.asLong(0)));
    }
    checkPattern(value, schema, path);
    checkFormat(value, schema, path);
  }

  /// A pattern that never comes to an end is no reason to let a value in.
  private void checkPattern(JsonNode value, StructuralSchema schema, String path) {
    var pattern = schema.pattern();
    if (pattern == null) {
      return;
    }
    var quoted = "'" + pattern.pattern() + "'";
    try {
      if (!looks.find(pattern, value.stringValue())) {
        invalid(path, value, "should match " + quoted);
      }
    } catch (Looks.TooMany e) {
      invalid(path, value, "takes too long to match " + quoted);
    }
  }

  private void checkFormat(JsonNode value, StructuralSchema schema, String path) {
    String format = schema.source().path("format").asString("");
    String text = value.stringValue();
    try {
      if (!Formats.fits(format, text, looks)) {
        add(
            ValueProblem.Type.WRONG_TYPE,
            path,
            value,
            "%s in body must be of type %s: %s".formatted(path, format, quoted(text)),
            NODES.nullNode());
      }
    } catch (Looks.TooMany e) {
      invalid(path, value, "takes too long to match format " + format);
    }
  }

  private void checkNumber(JsonNode value, StructuralSchema schema, String path) {
    BigDecimal number = value.decimalValue();
    JsonNode most = schema.source().get("maximum");
    if (most != null && most.isNumber()) {
      int compared = number.compareTo(most.decimalValue());
      if (compared > 0 && !schema.flag("exclusiveMaximum")) {
        invalid(path, value, "should be less than or equal to " + plain(most));
      } else if (compared >= 0 && schema.flag("exclusiveMaximum")) {
        invalid(path, value, "should be less than " + plain(most));
      }
    }
    JsonNode least = schema.source().get("minimum");
    if (least != null && least.isNumber()) {
      int compared = number.compareTo(least.decimalValue());
      if (compared < 0 && !schema.flag("exclusiveMinimum")) {
        invalid(path, value, "should be greater than or equal to " + plain(least));
      } else if (compared <= 0 && schema.flag("exclusiveMinimum")) {
        invalid(path, value, "should be greater than " + plain(least));
      }
    }
    JsonNode step = schema.source().get("multipleOf");
    boolean steps = step != null && step.isNumber() && step.decimalValue().signum() > 0;
    if (steps && number.remainder(step.decimalValue()).signum() != 0) {
      invalid(path, value, "should be a multiple of " + plain(step));
    }
    String format = schema.source().path("format").asString("");
    if (format.equals("int32") && value.isIntegralNumber() && !value.canConvertToInt()) {
      wrongType(path, "int32", typeOf(value));
    }
  }

  private static String plain(JsonNode number) {
    return number.decimalValue().stripTrailingZeros().toPlainString();
  }

  private void checkEnum(JsonNode value, StructuralSchema schema, String path) {
    if (!(schema.source().get("enum") instanceof ArrayNode allowed) || allowed.isEmpty()) {
      return;
    }
    for (JsonNode one : allowed) {
      if (same(one, value)) {
        return;
      }
    }
    add(ValueProblem.Type.UNSUPPORTED, path, value, "", allowed);
  }

  private static boolean same(JsonNode one, JsonNode other) {
    return (one.isNumber() && other.isNumber())
        ? one.decimalValue().compareTo(other.decimalValue()) == 0
        : one.equals(other);
  }

  private void checkList(
      ArrayNode list, @Nullable JsonNode old, StructuralSchema schema, String path) {
    JsonNode least = schema.source().get("minItems");
    if (least != null && list.size() < least.asLong(0)) {
      invalid(path, list, "should have at least %d items".formatted(least.asLong(0)));
    }
    JsonNode most = schema.source().get("maxItems");
    if (most != null && list.size() > most.asLong(0)) {
      add(ValueProblem.Type.TOO_MANY, path, list, "", most);
    }
    if (schema.flag("uniqueItems") && new HashSet<>(elements(list)).size() < list.size()) {
      invalid(path, list, "shouldn't contain duplicates");
    }
    StructuralSchema items = schema.items();
    ListKeys keys = schema.listKeys();
    if (items != null) {
      var before = keys.byKey(old);
      for (int i = 0; i < list.size(); i++) {
        JsonNode item = list.get(i);
        JsonNode counterpart = before.isEmpty() ? null : before.get(keys.of(item));
        check(item, counterpart, items, path + "[" + i + "]");
      }
    }
    for (int i : keys.duplicates(list)) {
      add(
          ValueProblem.Type.DUPLICATE,
          path + "[" + i + "]",
          keys.of(list.get(i)),
          "",
          NODES.nullNode());
    }
  }

  private static List<JsonNode> elements(ArrayNode list) {
    var elements = new ArrayList<JsonNode>();
    list.forEach(elements::add);
    return elements;
  }

  private void checkObject(
      ObjectNode object, @Nullable JsonNode old, StructuralSchema schema, String path) {
    JsonNode least = schema.source().get("minProperties");
    if (least != null && object.size() < least.asLong(0)) {
      invalid(path, object, "should have at least %d properties".formatted(least.asLong(0)));
    }
    JsonNode most = schema.source().get("maxProperties");
    if (most != null && object.size() > most.asLong(0)) {
      add(ValueProblem.Type.TOO_MANY, path, object, "", most);
    }
    for (JsonNode name : schema.source().path("required")) {
      if (!object.has(name.asString(""))) {
        required(child(path, name.asString("")), "");
      }
    }
    if (schema.isEmbedded()) {
      checkEmbedded(object, path);
    }
    for (var field : object.properties()) {
      StructuralSchema below = schema.field(field.getKey());
      if (below != null) {
        JsonNode before = old == null ? null : old.get(field.getKey());
        check(field.getValue(), before, below, child(path, field.getKey()));
      }
    }
  }

  private void checkEmbedded(ObjectNode object, String path) {
    for (String name : List.of("apiVersion", "kind")) {
      if (object.path(name).asString("").isEmpty()) {
        required(child(path, name), "must not be empty");
      }
    }
  }

  private static String child(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private void required(String path, String detail) {
    add(ValueProblem.Type.REQUIRED, path, NODES.nullNode(), detail, NODES.nullNode());
  }

  private void invalid(String path, JsonNode value, String rule) {
    add(ValueProblem.Type.INVALID, path, value, path + " in body " + rule, NODES.nullNode());
  }

  private void wrongType(String path, String wanted, String found) {
    var detail = "%s in body must be of type %s: %s".formatted(path, wanted, quoted(found));
    add(ValueProblem.Type.WRONG_TYPE, path, NODES.stringNode(found), detail, NODES.nullNode());
  }

  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /// What is wrong with the combination of schemas has no path of its own upstream.
  void combination(String detail) {
    add(ValueProblem.Type.INVALID, "<nil>", NODES.stringNode(""), detail, NODES.nullNode());
  }

  void addAll(List<ValueProblem> more) {
    problems.addAll(more);
  }

  private void add(
      ValueProblem.Type type, String path, JsonNode value, String detail, JsonNode limits) {
    problems.add(new ValueProblem(type, path, value, detail, limits));
  }
}
