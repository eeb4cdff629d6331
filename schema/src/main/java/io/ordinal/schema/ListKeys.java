package io.ordinal.schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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

  static ListKeys of(StructuralSchema schema) {
    var names = new ArrayList<String>();
    schema
        .source()
        .path("x-kubernetes-list-map-keys")
        .forEach(name -> names.add(name.asString("")));
    String type = schema.source().path("x-kubernetes-list-type").asString("atomic");
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

  /// The element of an old list that became this one, as far as keys tell.
  @Nullable JsonNode counterpart(JsonNode element, @Nullable JsonNode old) {
    if (old == null || !old.isArray() || type.equals("atomic")) {
      return null;
    }
    JsonNode key = of(element);
    for (JsonNode candidate : old) {
      if (of(candidate).equals(key)) {
        return candidate;
      }
    }
    return null;
  }
}
