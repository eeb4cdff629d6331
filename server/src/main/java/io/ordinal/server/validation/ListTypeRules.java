package io.ordinal.server.validation;

import io.ordinal.server.tree.Tree;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// How a structural schema says what tells the elements of its lists apart.
final class ListTypeRules {
  private static final String LIST_TYPE = "x-kubernetes-list-type";
  private static final String KEYS = "x-kubernetes-list-map-keys";
  private static final String MAP_TYPE = "x-kubernetes-map-type";

  private ListTypeRules() {}

  static void check(ObjectNode schema, FieldPath path, FieldErrors errors) {
    var type = Tree.text(schema, "type");
    var listType = Tree.text(schema, LIST_TYPE);
    var mapType = Tree.text(schema, MAP_TYPE);
    if (!mapType.isEmpty()) {
      only(type, "object", "must be object if " + MAP_TYPE + " is specified", path, errors);
      supported(mapType, List.of("atomic", "granular"), path.child(MAP_TYPE), errors);
    }
    if (!listType.isEmpty()) {
      only(type, "array", "must be array if " + LIST_TYPE + " is specified", path, errors);
      supported(listType, List.of("atomic", "set", "map"), path.child(LIST_TYPE), errors);
    }
    var keys = Tree.texts(schema, KEYS);
    if (!keys.isEmpty() && !listType.equals("map")) {
      var rule = "must be map if " + KEYS + " is non-empty";
      if (listType.isEmpty()) errors.required(path.child(LIST_TYPE), rule);
      else errors.invalid(path.child(LIST_TYPE), listType, rule);
    }
    if (listType.equals("map")) checkMap(schema, keys, path, errors);
  }

  private static void only(
      String type, String wanted, String rule, FieldPath path, FieldErrors errors) {
    if (type.isEmpty()) errors.required(path.child("type"), rule);
    else if (!type.equals(wanted)) errors.invalid(path.child("type"), type, rule);
  }

  private static void supported(
      String value, List<String> supported, FieldPath path, FieldErrors errors) {
    if (!supported.contains(value)) errors.unsupported(path, value, supported);
  }

  private static void checkMap(
      ObjectNode schema, List<String> keys, FieldPath path, FieldErrors errors) {
    if (keys.isEmpty()) {
      errors.required(path.child(KEYS), "must not be empty if " + LIST_TYPE + " is map");
    }
    var items = Tree.find(schema, "items");
    if (items == null) return;
    var itemsPath = path.child("items");
    if (!Tree.text(items, "type").equals("object")) {
      errors.invalid(
          itemsPath.child("type"),
          Tree.text(items, "type"),
          "must be object if parent array's " + LIST_TYPE + " is map");
    }
    for (var i = 0; i < keys.size(); i++) {
      var key = keys.get(i);
      var property = Tree.find(items, "properties", key);
      if (property == null) {
        errors.invalid(
            path.child(KEYS).index(i), key, "entries must all be names of item properties");
      } else if (!Tree.has(property, "default") && !Tree.texts(items, "required").contains(key)) {
        errors.required(
            itemsPath.child("properties").key(key).child("default"),
            "this property is in "
                + KEYS
                + ", so it must have a default or be a required property");
      }
    }
  }
}
