package io.ordinal.controllers.statefulset.history;

import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// JSON text as Go's `encoding/json` writes a map: keys sorted, no spaces, and `<`, `>`, `&` and
/// the two Unicode line ends escaped. Hashes of revisions are made over exactly this text.
final class CanonicalJson {
  private static final char LINE_SEPARATOR = 0x2028;
  private static final char PARAGRAPH_SEPARATOR = 0x2029;

  private final StringBuilder out = new StringBuilder(1024);

  private CanonicalJson() {}

  static String write(JsonNode tree) {
    var json = new CanonicalJson();
    json.value(tree);
    return json.out.toString();
  }

  private void value(JsonNode node) {
    switch (node.getNodeType()) {
      case OBJECT -> object(node);
      case ARRAY -> array(node);
      case STRING -> string(node.stringValue());
      case NUMBER -> out.append(node.asString());
      case BOOLEAN -> out.append(node.booleanValue());
      case NULL, MISSING -> out.append("null");
      case BINARY, POJO ->
          throw new IllegalArgumentException("not JSON: a node of type " + node.getNodeType());
    }
  }

  private void object(JsonNode node) {
    var sorted = new TreeMap<String, JsonNode>();
    node.forEachEntry(sorted::put);
    out.append('{');
    sorted.forEach((key, value) -> {
      if (out.charAt(out.length() - 1) != '{') out.append(',');
      string(key);
      out.append(':');
      value(value);
    });
    out.append('}');
  }

  private void array(JsonNode node) {
    out.append('[');
    for (int i = 0; i < node.size(); i++) {
      if (i > 0) out.append(',');
      value(node.get(i));
    }
    out.append(']');
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) character(text.charAt(i));
    out.append('"');
  }

  private void character(char c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '<', '>', '&', LINE_SEPARATOR, PARAGRAPH_SEPARATOR -> escape(c);
      default -> {
        if (c < ' ') escape(c);
        else out.append(c);
      }
    }
  }

  private void escape(char c) {
    out.append(String.format("\\u%04x", (int) c));
  }
}
