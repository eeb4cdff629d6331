package io.ordinal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Whatever is sent, the answer is a tree or a refusal in words.
class RobustnessTest {
  private static final Schemas SCHEMAS = Schemas.load();
  private static final ObjectType POD = SCHEMAS.type(new Gvk("", "v1", "Pod")).orElseThrow();
  private static final String[] DIRECTIVES = {
    "$patch", "$retainKeys", "$setElementOrder/containers", "$deleteFromPrimitiveList/finalizers"
  };

  @Test
  void garbledJsonIsDecodedOrRefused() throws IOException {
    byte[] good = pod();
    for (long seed = 1; seed <= 1000; seed++) {
      var random = new Random(seed);
      byte[] bad = garbled(good, random);
      orRefused(seed, () -> new Decoder().decode(bad, POD, Strictness.REPORT));
    }
  }

  @Test
  void whatIsDecodedDecodesToItself() throws IOException {
    JsonNode good = Json.read(pod());
    for (long seed = 1; seed <= 1000; seed++) {
      JsonNode tree = good.deepCopy();
      mutate(tree, new Random(seed));
      Decoded[] once = new Decoded[1];
      orRefused(seed, () -> once[0] = new Decoder().decode(tree, POD, Strictness.REPORT));
      if (once[0] != null) {
        Decoded again = new Decoder().decode(Json.write(once[0].tree()), POD, Strictness.REPORT);
        assertThat(again.tree()).as("seed " + seed).isEqualTo(once[0].tree());
        assertThat(again.problems()).as("seed " + seed).isEmpty();
      }
    }
  }

  @Test
  void garbledProtobufIsDecodedOrRefused() {
    byte[] good = ProtobufTest.podBody();
    for (long seed = 1; seed <= 1000; seed++) {
      byte[] bad = garbled(good, new Random(seed));
      orRefused(seed, () -> Protobuf.decode(bad, SCHEMAS));
    }
  }

  @Test
  void oddPatchesAreAppliedOrRefused() throws IOException {
    var target = (ObjectNode) Json.read(pod());
    for (long seed = 1; seed <= 1000; seed++) {
      var random = new Random(seed);
      ObjectNode patch = target.deepCopy();
      for (int i = 0; i < 4; i++) {
        mutate(patch, random);
      }
      orRefused(seed, () -> StrategicMerge.apply(target, patch, POD));
      orRefused(seed, () -> MergePatch.apply(target, patch));
      orRefused(seed, () -> JsonPatch.apply(target, patch));
    }
  }

  @Test
  void garbledYamlIsReadOrRefused() throws IOException {
    byte[] good = Yaml.write(Json.read(pod()));
    for (long seed = 1; seed <= 200; seed++) {
      byte[] bad = garbled(good, new Random(seed));
      orRefused(seed, () -> Json.read(Yaml.toJson(bad)));
    }
  }

  @Test
  void yamlSaysWhatJsonSays() throws IOException {
    JsonNode pod = Json.read(pod());
    assertThat(Json.read(Yaml.toJson(Yaml.write(pod)))).isEqualTo(pod);
  }

  private static void orRefused(long seed, Runnable action) {
    try {
      action.run();
    } catch (DecodeException | PatchException e) {
      assertThat(e.getMessage()).as("seed " + seed).isNotEmpty();
    } catch (RuntimeException e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  private static byte[] garbled(byte[] good, Random random) {
    byte[] bad = good.clone();
    for (int i = 0; i <= random.nextInt(4); i++) {
      bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
    }
    return bad;
  }

  private static void mutate(JsonNode tree, Random random) {
    List<JsonNode> containers = new ArrayList<>();
    collect(tree, containers);
    switch (containers.get(random.nextInt(containers.size()))) {
      case ObjectNode map -> {
        List<String> names = new ArrayList<>(map.propertyNames());
        names.add("unknown");
        names.add(DIRECTIVES[random.nextInt(DIRECTIVES.length)]);
        map.set(names.get(random.nextInt(names.size())), odd(random));
      }
      case ArrayNode list -> list.insert(random.nextInt(list.size() + 1), odd(random));
      case JsonNode other -> throw new AssertionError(other.toString());
    }
  }

  private static void collect(JsonNode tree, List<JsonNode> containers) {
    if (tree.isContainer()) {
      containers.add(tree);
      tree.forEach(child -> collect(child, containers));
    }
  }

  private static JsonNode odd(Random random) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (random.nextInt(10)) {
      case 0 -> nodes.nullNode();
      case 1 -> nodes.numberNode(random.nextLong());
      case 2 -> nodes.numberNode(0);
      case 3 -> nodes.booleanNode(random.nextBoolean());
      case 4 -> nodes.stringNode("");
      case 5 -> nodes.stringNode("replace");
      case 6 -> nodes.arrayNode().add("name").add(nodes.objectNode().put("name", "nginx"));
      case 7 -> nodes.objectNode().put("$patch", random.nextBoolean() ? "delete" : "replace");
      case 8 -> nodes.objectNode();
      default -> nodes.arrayNode().add(nodes.objectNode().put("name", "nginx"));
    };
  }

  private static byte[] pod() throws IOException {
    try (var in = RobustnessTest.class.getResourceAsStream("pod.json")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .strip()
          .getBytes(StandardCharsets.UTF_8);
    }
  }
}
