package io.ordinal.schema;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// JSON text ↔ trees, with the same limits everywhere.
public final class Json {
  static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(400)
                          .maxNumberLength(100)
                          .build())
                  .build())
          .build();

  private Json() {}

  /// Any JSON value.
  ///
  /// @throws DecodeException for what is not JSON
  public static JsonNode read(byte[] json) {
    try {
      return MAPPER.readTree(json);
    } catch (JacksonException e) {
      throw new DecodeException(Json.message(e));
    }
  }

  /// Without any white space.
  public static byte[] write(JsonNode tree) {
    return MAPPER.writeValueAsBytes(tree);
  }

  /// Indented by two spaces, for people.
  public static byte[] writePretty(JsonNode tree) {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(tree);
  }

  static String message(JacksonException e) {
    var at = e.getLocation();
    String where =
        at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    return "couldn't get version/kind; json parse error: " + e.getOriginalMessage() + where;
  }
}
