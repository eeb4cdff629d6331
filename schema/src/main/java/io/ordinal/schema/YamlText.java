package io.ordinal.schema;

import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A tree in YAML's block style. Strings are quoted, as JSON would, wherever a reader of any YAML
/// version might err.
final class YamlText {
  private static final Pattern SAFE = Pattern.compile("[A-Za-z_/][A-Za-z0-9_./-]*");

  private final StringBuilder text = new StringBuilder();

  private YamlText() {}

  static String of(JsonNode tree) {
    var yaml = new YamlText();
    if (isBlock(tree)) {
      yaml.block(tree, 0);
    } else {
      yaml.flow(tree);
    }
    return yaml.text.toString();
  }

  private void block(JsonNode tree, int indent) {
    switch (tree) {
      case ObjectNode map ->
          map.properties()
              .forEach(entry -> {
                text.repeat(' ', indent).append(quoted(entry.getKey())).append(':');
                value(entry.getValue(), indent, entry.getValue().isArray() ? 0 : 2);
              });
      case ArrayNode list -> list.forEach(item -> item(item, indent));
      default -> flow(tree);
    }
  }

  private void value(JsonNode value, int indent, int more) {
    if (isBlock(value)) {
      text.append('\n');
      block(value, indent + more);
    } else {
      text.append(' ');
      flow(value);
    }
  }

  private void item(JsonNode item, int indent) {
    text.repeat(' ', indent).append('-');
    if (!isBlock(item)) {
      text.append(' ');
      flow(item);
      return;
    }
    int start = text.length();
    block(item, indent + 2);
    // The first line of the item shares the line of its dash.
    text.replace(start, start + indent + 1, "");
  }

  private void flow(JsonNode value) {
    text.append(value.isString() ? quoted(value.stringValue()) : value.toString()).append('\n');
  }

  private static boolean isBlock(JsonNode tree) {
    return tree.isContainer() && !tree.isEmpty();
  }

  private static String quoted(String text) {
    boolean safe = SAFE.matcher(text).matches() && PlainScalar.isString(text);
    return safe ? text : Json.MAPPER.writeValueAsString(text);
  }
}
