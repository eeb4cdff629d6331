package io.ordinal.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What tells the elements of a list apart, where its schema says so.
///
/// @param type `atomic`, `set` or `map`
/// @param names of the fields that are the key of a map's element
record ListKeys(String type, List<String> names) {

  static ListKeys of(ObjectNode schema) {
    var names = new ArrayList<String>();
    schema.path("x-kubernetes-list-map-keys").forEach(name -> names.add(name.asString("")));
    String type = schema.path("x-kubernetes-list-type").asString("atomic");
    return new ListKeys(type, List.copyOf(names));
  }

  /// The key of an element: itself in a set, some of its fields in a map.
  JsonNode of(JsonNode element) {
    if (!type.equals("map") || !element.isObject()) {
      return element;
    }
    ObjectNode key = JsonNodeFactory.instance.objectNode();
    for (String name : names) {
      JsonNode value = element.get(name);
      if (value != null) {
        key.set(name, value);
      }
    }
    return key;
  }

  /// The places of elements that were there before.
  List<Integer> duplicates(ArrayNode list) {
    if (type.equals("atomic")) {
      return List.of();
    }
    var seen = new HashSet<JsonNode>();
    var places = new ArrayList<Integer>();
    for (int i = 0; i < list.size(); i++) {
      if (!seen.add(of(list.get(i)))) {
        places.add(i);
      }
    }
    return places;
  }

  /// The elements of an old list, the first of each key: what became of them can be told by it.
  Map<JsonNode, JsonNode> byKey(@Nullable JsonNode old) {
    if (!(old instanceof ArrayNode list) || type.equals("atomic")) {
      return Map.of();
    }
    var elements = new HashMap<JsonNode, JsonNode>();
    list.forEach(element -> elements.putIfAbsent(of(element), element));
    return elements;
  }
}
