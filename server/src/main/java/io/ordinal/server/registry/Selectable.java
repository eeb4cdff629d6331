package io.ordinal.server.registry;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// What selectors can ask of an object, taken out of its tree once: so little that it can be
/// remembered for each object that is watched.
record Selectable(Map<String, String> fields, Map<String, String> labels) {

  /// @param object as its kind shows it
  static Selectable of(Kind kind, ObjectNode object) {
    var fields = new HashMap<String, String>();
    kind.strategy()
        .selectableFields()
        .forEach((field, reader) -> fields.put(field, reader.apply(object)));
    return new Selectable(fields, Metadata.labels(object));
  }

  String field(String name) {
    return fields.getOrDefault(name, "");
  }
}
