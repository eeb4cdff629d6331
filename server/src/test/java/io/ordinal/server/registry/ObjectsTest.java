package io.ordinal.server.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.server.tree.Json;
import io.ordinal.server.tree.Tree;
import io.ordinal.store.Expect;
import io.ordinal.store.MemoryStore;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ObjectsTest {
  private static final Kind MAPS = Kind.namespaced("v1", "ConfigMap", "configmaps");

  private final MemoryStore store = MemoryStore.create();
  private final Objects objects = new Objects(store, 10_000);

  @Test
  void anObjectIsDecodedOncePerRevision() {
    put("m", "one");
    var first = objects.find(MAPS, "default", "m").orElseThrow();
    assertThat(objects.find(MAPS, "default", "m").orElseThrow()).isSameAs(first);
    put("m", "two");
    var second = objects.find(MAPS, "default", "m").orElseThrow();
    assertThat(Tree.text(second, "data", "text")).isEqualTo("two");
  }

  @Test
  void whatIsRememberedIsBoundByItsSizeAndWhatIsGoneIsForgotten() {
    for (var i = 0; i < 100; i++) {
      put("m" + i, "x".repeat(1000));
      objects.find(MAPS, "default", "m" + i);
      assertThat(objects.rememberedBytes()).isLessThanOrEqualTo(10_000);
    }
    assertThat(objects.list(MAPS, "default")).hasSize(100);
    assertThat(objects.rememberedBytes()).isBetween(5_000, 10_000);
    for (var i = 0; i < 100; i++) {
      var key = MAPS.key("default", "m" + i);
      store.delete(key, Json.encode(map("m" + i, "")), Expect.ANYTHING);
      assertThat(objects.find(MAPS, "default", "m" + i)).isEmpty();
    }
    assertThat(objects.rememberedBytes()).isZero();
  }

  private void put(String name, String text) {
    store.put(MAPS.key("default", name), Json.encode(map(name, text)), Expect.ANYTHING);
  }

  private static ObjectNode map(String name, String text) {
    var map = Tree.object("apiVersion", "v1").put("kind", "ConfigMap");
    map.putObject("metadata").put("name", name).put("namespace", "default");
    map.putObject("data").put("text", text);
    return map;
  }
}
