package io.ordinal.server.tree;

import io.ordinal.store.Value;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Trees from bytes and bytes from trees.
public final class Json {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final JsonMapper STRICT =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final String RESOURCE_VERSION = "resourceVersion";

  private static final byte[] MARK =
      ('"' + RESOURCE_VERSION + "\":\"").getBytes(StandardCharsets.ISO_8859_1);

  private Json() {}

  /// The tree of an object that we encoded ourselves.
  public static ObjectNode parse(byte[] bytes) {
    if (MAPPER.readTree(bytes) instanceof ObjectNode object) return object;
    throw new IllegalArgumentException(
        "not an object: " + new String(bytes, StandardCharsets.UTF_8));
  }

  /// The tree of any JSON value, as somebody sent it.
  public static JsonNode parseAny(byte[] bytes) {
    return STRICT.readTree(bytes);
  }

  /// The tree of a text; meant for tests and constants.
  public static ObjectNode parse(String text) {
    return parse(text.getBytes(StandardCharsets.UTF_8));
  }

  /// The bytes of a tree.
  public static byte[] write(JsonNode node) {
    return MAPPER.writeValueAsBytes(node);
  }

  /// An object as the store takes it: apiVersion, kind and metadata first, and a gap at
  /// `metadata.resourceVersion` into which the commit writes its revision.
  public static Value encode(ObjectNode object) {
    var out = new Bytes();
    int gap;
    try (var json = MAPPER.createGenerator(out)) {
      json.writeStartObject();
      write(json, object, "apiVersion");
      write(json, object, "kind");
      json.writeName("metadata");
      gap = writeMetadata(json, out, object.get("metadata"));
      for (var field : object.properties()) {
        switch (field.getKey()) {
          case "apiVersion", "kind", "metadata" -> {}
          default -> write(json, object, field.getKey());
        }
      }
      json.writeEndObject();
    }
    return Value.stamped(out.head(gap), out.tail(gap));
  }

  /// Answers where, between two quotes, the revision belongs.
  private static int writeMetadata(JsonGenerator json, Bytes out, JsonNode metadata) {
    json.writeStartObject();
    write(json, metadata, "name");
    write(json, metadata, "generateName");
    write(json, metadata, "namespace");
    write(json, metadata, "uid");
    json.writeStringProperty(RESOURCE_VERSION, "");
    json.flush();
    var gap = out.size() - 1;
    for (var field : metadata.properties()) {
      switch (field.getKey()) {
        case "name", "generateName", "namespace", "uid", RESOURCE_VERSION -> {}
        default -> write(json, metadata, field.getKey());
      }
    }
    json.writeEndObject();
    return gap;
  }

  private static void write(JsonGenerator json, JsonNode parent, String field) {
    var value = parent.get(field);
    if (value == null) return;
    json.writeName(field);
    json.writeTree(value);
  }

  /// The same encoded object with the gap open again: what watchers see of an object that is
  /// deleted.
  public static Value reopen(byte[] encoded) {
    var start = indexOf(encoded, MARK) + MARK.length;
    var end = start;
    while (encoded[end] != '"') end++;
    return Value.stamped(
        Arrays.copyOf(encoded, start), Arrays.copyOfRange(encoded, end, encoded.length));
  }

  /// The revision that the commit wrote into an encoded object; -1 when it was never stored.
  public static long revision(byte[] encoded) {
    var found = find(encoded, MARK);
    if (found < 0) return -1;
    var revision = 0L;
    for (var at = found + MARK.length; Character.isDigit(encoded[at]); at++) {
      revision = revision * 10 + encoded[at] - '0';
    }
    return revision;
  }

  /// The same encoded object with another revision.
  public static byte[] restamp(byte[] encoded, long revision) {
    var open = reopen(encoded);
    var digits = Long.toString(revision).getBytes(StandardCharsets.ISO_8859_1);
    var out = Arrays.copyOf(open.head(), open.head().length + digits.length + open.tail().length);
    System.arraycopy(digits, 0, out, open.head().length, digits.length);
    System.arraycopy(open.tail(), 0, out, open.head().length + digits.length, open.tail().length);
    return out;
  }

  /// Names and uids hold no quotes, so the first occurrence is the one that [#encode] wrote.
  private static int indexOf(byte[] bytes, byte[] mark) {
    var found = find(bytes, mark);
    if (found < 0) throw new IllegalArgumentException("an object without a resourceVersion");
    return found;
  }

  private static int find(byte[] bytes, byte[] mark) {
    for (var at = 0; at <= bytes.length - mark.length; at++) {
      if (Arrays.equals(bytes, at, at + mark.length, mark, 0, mark.length)) return at;
    }
    return -1;
  }

  private static final class Bytes extends ByteArrayOutputStream {
    Bytes() {
      super(1024);
    }

    byte[] head(int end) {
      return Arrays.copyOfRange(buf, 0, end);
    }

    byte[] tail(int start) {
      return Arrays.copyOfRange(buf, start, count);
    }
  }
}
