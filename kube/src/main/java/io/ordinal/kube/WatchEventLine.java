package io.ordinal.kube;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// One line of a watch: what happened, and the object's own JSON untouched.
record WatchEventLine(Type type, Json object) {

  enum Type {
    ADDED,
    MODIFIED,
    DELETED,
    BOOKMARK,
    ERROR
  }

  private static final byte[] HEAD = "{\"type\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] MIDDLE = "\",\"object\":".getBytes(StandardCharsets.US_ASCII);

  /// Every known API server writes `{"type":"…","object":…}` in exactly this way, and then the
  /// object's bytes can be taken as they are; anything else is parsed.
  static WatchEventLine parse(Json json) {
    var line = json.text();
    if (startsWith(line, 0, HEAD)) {
      int quote = HEAD.length;
      while (quote < line.length && line[quote] != '"') quote++;
      if (startsWith(line, quote, MIDDLE)) {
        var type = new String(line, HEAD.length, quote - HEAD.length, StandardCharsets.US_ASCII);
        int end = lastBrace(line);
        return new WatchEventLine(
            Type.valueOf(type), new Json(Arrays.copyOfRange(line, quote + MIDDLE.length, end)));
      }
    }
    var tree = json.tree();
    return new WatchEventLine(
        Type.valueOf(tree.path("type").asString()), Json.of(tree.path("object")));
  }

  private static int lastBrace(byte[] line) {
    int end = line.length - 1;
    while (line[end] != '}') end--;
    return end;
  }

  private static boolean startsWith(byte[] line, int at, byte[] expected) {
    int end = at + expected.length;
    return end <= line.length && Arrays.equals(line, at, end, expected, 0, expected.length);
  }
}
