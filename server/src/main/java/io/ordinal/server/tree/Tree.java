package io.ordinal.server.tree;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads and fills objects as trees. What is absent reads as the empty value of its type, as it
/// does in Go.
public final class Tree {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Tree() {}

  /// A new empty object.
  public static ObjectNode object() {
    return NODES.objectNode();
  }

  /// A new empty list.
  public static ArrayNode list() {
    return NODES.arrayNode();
  }

  /// A new object with one text field.
  public static ObjectNode object(String key, String value) {
    return object().put(key, value);
  }

  /// What lies at the path, or null when anything on the way is absent or null.
  public static @Nullable JsonNode at(@Nullable JsonNode node, String... path) {
    var here = node;
    for (var step : path) {
      if (!(here instanceof ObjectNode object)) return null;
      here = object.get(step);
    }
    return here == null || here.isNull() ? null : here;
  }

  /// The text at the path; empty when it is absent or no text.
  public static String text(@Nullable JsonNode node, String... path) {
    var found = at(node, path);
    return found != null && found.isString() ? found.stringValue() : "";
  }

  /// The whole number at the path, or `otherwise`.
  public static long number(long otherwise, @Nullable JsonNode node, String... path) {
    var found = at(node, path);
    return found != null && found.isNumber() ? found.asLong(otherwise) : otherwise;
  }

  /// Whether the path holds `true`.
  public static boolean flag(@Nullable JsonNode node, String... path) {
    var found = at(node, path);
    return found != null && found.isBoolean() && found.booleanValue();
  }

  /// Whether there is something at the path, null counting as nothing.
  public static boolean has(@Nullable JsonNode node, String... path) {
    return at(node, path) != null;
  }

  /// The object at the path, if there is one.
  public static @Nullable ObjectNode find(@Nullable JsonNode node, String... path) {
    return at(node, path) instanceof ObjectNode object ? object : null;
  }

  /// The object at the path; made, with all that leads to it, when it is absent.
  public static ObjectNode make(ObjectNode node, String... path) {
    var here = node;
    for (var step : path) {
      if (here.get(step) instanceof ObjectNode next) here = next;
      else here = here.putObject(step);
    }
    return here;
  }

  /// The list in a field; made when it is absent.
  public static ArrayNode makeList(ObjectNode node, String field) {
    return node.get(field) instanceof ArrayNode list ? list : node.putArray(field);
  }

  /// The elements of the list at the path; none when it is absent.
  public static List<JsonNode> elements(@Nullable JsonNode node, String... path) {
    if (!(at(node, path) instanceof ArrayNode list)) return List.of();
    var elements = new ArrayList<JsonNode>(list.size());
    list.forEach(elements::add);
    return elements;
  }

  /// What the map in a field holds, in its order; nothing when it is absent.
  public static Map<String, JsonNode> elementsOf(ObjectNode node, String field) {
    if (!(node.get(field) instanceof ObjectNode map)) return Map.of();
    var elements = new LinkedHashMap<String, JsonNode>();
    map.properties().forEach(entry -> elements.put(entry.getKey(), entry.getValue()));
    return elements;
  }

  /// The objects in the list at the path.
  public static List<ObjectNode> objects(@Nullable JsonNode node, String... path) {
    if (!(at(node, path) instanceof ArrayNode list)) return List.of();
    var objects = new ArrayList<ObjectNode>(list.size());
    for (var element : list) if (element instanceof ObjectNode object) objects.add(object);
    return objects;
  }

  /// The texts in the list at the path.
  public static List<String> texts(@Nullable JsonNode node, String... path) {
    if (!(at(node, path) instanceof ArrayNode list)) return List.of();
    var texts = new ArrayList<String>(list.size());
    for (var element : list) if (element.isString()) texts.add(element.stringValue());
    return texts;
  }

  /// The texts in the map at the path, in their order.
  public static Map<String, String> textMap(@Nullable JsonNode node, String... path) {
    if (!(at(node, path) instanceof ObjectNode map)) return Map.of();
    var texts = new LinkedHashMap<String, String>();
    for (var field : map.properties()) {
      if (field.getValue().isString()) texts.put(field.getKey(), field.getValue().stringValue());
    }
    return texts;
  }

  /// Sets a text where there is none; an empty text counts as none.
  public static void otherwise(ObjectNode node, String field, String value) {
    if (text(node, field).isEmpty()) node.put(field, value);
  }

  /// Sets a number where there is nothing.
  public static void otherwise(ObjectNode node, String field, long value) {
    if (!has(node, field)) node.put(field, value);
  }

  /// Sets a flag where there is nothing.
  public static void otherwise(ObjectNode node, String field, boolean value) {
    if (!has(node, field)) node.put(field, value);
  }

  /// Gives `to` the field that `from` has, or takes it away when `from` has none.
  public static void carry(String field, ObjectNode from, ObjectNode to) {
    var value = from.get(field);
    if (value == null) to.remove(field);
    else to.set(field, value.deepCopy());
  }

  /// Gives `to` a copy of a field of `from`, under another name, if `from` has it.
  public static void carryAs(String field, ObjectNode from, String as, ObjectNode to) {
    var value = from.get(field);
    if (value != null) to.set(as, value.deepCopy());
  }

  /// Whether two trees say the same: null, the empty object, the empty list and nothing are alike.
  public static boolean same(@Nullable JsonNode a, @Nullable JsonNode b) {
    if (isNothing(a)) return isNothing(b);
    if (isNothing(b) || a == null || b == null) return false;
    return switch (a) {
      case ObjectNode object -> b instanceof ObjectNode other && sameFields(object, other);
      case ArrayNode list -> b instanceof ArrayNode other && sameElements(list, other);
      default -> sameScalars(a, b);
    };
  }

  private static boolean sameScalars(JsonNode a, JsonNode b) {
    if (a.isNumber() && b.isNumber()) return a.decimalValue().compareTo(b.decimalValue()) == 0;
    return a.equals(b);
  }

  private static boolean sameFields(ObjectNode a, ObjectNode b) {
    for (var field : a.properties()) {
      if (!same(field.getValue(), b.get(field.getKey()))) return false;
    }
    for (var field : b.properties()) {
      if (!a.has(field.getKey()) && !isNothing(field.getValue())) return false;
    }
    return true;
  }

  private static boolean sameElements(ArrayNode a, ArrayNode b) {
    if (a.size() != b.size()) return false;
    for (var i = 0; i < a.size(); i++) {
      if (!same(a.get(i), b.get(i))) return false;
    }
    return true;
  }

  /// Whether two trees are equal: only null and nothing are alike, and numbers are compared by
  /// value.
  public static boolean equal(@Nullable JsonNode a, @Nullable JsonNode b) {
    if (a == null || a.isNull()) return b == null || b.isNull();
    if (b == null || b.isNull()) return false;
    return switch (a) {
      case ObjectNode object -> b instanceof ObjectNode other && equalFields(object, other);
      case ArrayNode list -> b instanceof ArrayNode other && equalElements(list, other);
      default -> sameScalars(a, b);
    };
  }

  private static boolean equalFields(ObjectNode a, ObjectNode b) {
    for (var field : a.properties()) {
      if (!equal(field.getValue(), b.get(field.getKey()))) return false;
    }
    for (var field : b.properties()) {
      if (!a.has(field.getKey()) && !field.getValue().isNull()) return false;
    }
    return true;
  }

  private static boolean equalElements(ArrayNode a, ArrayNode b) {
    if (a.size() != b.size()) return false;
    for (var i = 0; i < a.size(); i++) {
      if (!equal(a.get(i), b.get(i))) return false;
    }
    return true;
  }

  private static boolean isNothing(@Nullable JsonNode node) {
    return node == null || node.isNull() || (node.isContainer() && node.isEmpty());
  }
}
