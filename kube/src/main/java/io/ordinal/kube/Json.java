package io.ordinal.kube;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A JSON text as a server sent it, parsed only when somebody looks. Shared: never modified.
public final class Json {
  private static final JsonMapper TREES = JsonMapper.builder().build();

  private final byte[] text;

  public Json(byte[] text) {
    this.text = text;
  }

  public static Json of(String text) {
    return new Json(text.getBytes(StandardCharsets.UTF_8));
  }

  static Json of(JsonNode tree) {
    return new Json(TREES.writeValueAsBytes(tree));
  }

  byte[] text() {
    return text;
  }

  /// A fresh tree, the caller's own.
  public JsonNode tree() {
    return TREES.readTree(text);
  }

  @Override
  public String toString() {
    return new String(text, StandardCharsets.UTF_8);
  }
}
