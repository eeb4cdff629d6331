package io.ordinal.server.kinds;

import io.ordinal.server.registry.TableColumn;
import io.ordinal.server.tree.Tree;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What the tables of several kinds have in common.
final class Cells {
  private Cells() {}

  static String orNone(String text) {
    return text.isEmpty() ? "<none>" : text;
  }

  static String orUnset(String text) {
    return text.isEmpty() ? "<unset>" : text;
  }

  /// The names and the images of a template's containers, only shown when there is room.
  static TableColumn containers() {
    return TableColumn.text("Containers", object -> joined(object, "name")).wide();
  }

  static TableColumn images() {
    return TableColumn.text("Images", object -> joined(object, "image")).wide();
  }

  private static String joined(ObjectNode object, String field) {
    return Tree.objects(object, "spec", "template", "spec", "containers").stream()
        .map(container -> Tree.text(container, field))
        .collect(Collectors.joining(","));
  }

  /// `RWO,ROX` for a list of access modes.
  static String accessModes(@Nullable ObjectNode holder) {
    return Tree.texts(holder, "accessModes").stream()
        .map(mode ->
            switch (mode) {
              case "ReadWriteOnce" -> "RWO";
              case "ReadOnlyMany" -> "ROX";
              case "ReadWriteMany" -> "RWX";
              case "ReadWriteOncePod" -> "RWOP";
              default -> mode;
            })
        .distinct()
        .collect(Collectors.joining(","));
  }

  /// `a=b,c=d`, or `<none>`.
  static String labels(Map<String, String> labels) {
    return orNone(
        labels.entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .sorted()
            .collect(Collectors.joining(",")));
  }
}
