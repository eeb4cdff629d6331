package io.ordinal.schema;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/// YAML in and out, with limits on aliases and depth. Plain scalars mean what they mean to kubectl,
/// which reads YAML 1.1: `yes` and `on` are booleans, `0644` is octal.
public final class Yaml {
  private static final int DEEPEST = 100;
  private static final int MOST_NODES = 500_000;

  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setAllowDuplicateKeys(true)
          .setMaxAliasesForCollections(50)
          .setCodePointLimit(4 * 1024 * 1024)
          .setUseMarks(true)
          .build();

  private Yaml() {}

  /// One YAML document as JSON text; duplicate keys stay, for [Decoder] to report.
  ///
  /// @throws DecodeException for what is not YAML, or goes beyond the limits
  public static byte[] toJson(byte[] yaml) {
    var bytes = new ByteArrayOutputStream(yaml.length * 2);
    try (JsonGenerator json = Json.MAPPER.createGenerator(bytes)) {
      var node = new Compose(SETTINGS).composeInputStream(new ByteArrayInputStream(yaml));
      if (node.isEmpty()) {
        json.writeNull();
      } else {
        new Writing(json).write(node.get(), 0);
      }
    } catch (YamlEngineException e) {
      throw new DecodeException("yaml: " + e.getMessage());
    }
    return bytes.toByteArray();
  }

  /// The tree as YAML, keys in their order.
  public static byte[] write(JsonNode tree) {
    return YamlText.of(tree).getBytes(StandardCharsets.UTF_8);
  }

  /// One document on its way to JSON.
  private static final class Writing {
    private final JsonGenerator json;
    private int nodes;

    Writing(JsonGenerator json) {
      this.json = json;
    }

    void write(Node node, int depth) {
      if (depth > DEEPEST || ++nodes > MOST_NODES) {
        throw new DecodeException(
            "yaml: document is nested too deeply or contains excessive aliasing");
      }
      switch (node) {
        case MappingNode map -> map(map, depth);
        case SequenceNode list -> {
          json.writeStartArray();
          list.getValue().forEach(item -> write(item, depth + 1));
          json.writeEndArray();
        }
        case ScalarNode scalar when scalar.getScalarStyle() == ScalarStyle.PLAIN ->
            PlainScalar.write(scalar.getValue(), json);
        case ScalarNode scalar -> json.writeString(scalar.getValue());
        default -> throw new DecodeException("yaml: unexpected " + node.getNodeType());
      }
    }

    private void map(MappingNode map, int depth) {
      json.writeStartObject();
      for (NodeTuple entry : map.getValue()) {
        if (!(entry.getKeyNode() instanceof ScalarNode key)) {
          throw new DecodeException("yaml: invalid map key: only scalars can be keys");
        }
        json.writeName(key.getValue());
        write(entry.getValueNode(), depth + 1);
      }
      json.writeEndObject();
    }
  }
}
