package io.ordinal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTreeTest {

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void isAlwaysWhatATreeMapIs(long seed) {
    var random = new SplittableRandom(seed);
    var map = new TreeMap<String, Integer>();
    var tree = KeyTree.<Integer>empty();
    for (var i = 0; i < 20_000; i++) {
      var key = "/" + random.nextInt(i < 10_000 ? 3_000 : 30);
      if (random.nextInt(i < 10_000 ? 4 : 2) == 0) {
        map.remove(key);
        tree = tree.without(key);
      } else {
        map.put(key, i);
        tree = tree.with(key, i);
      }
      assertThat(tree.get(key)).isEqualTo(map.get(key));
      if (i % 500 == 0) {
        assertThat(pairs(tree, key)).isEqualTo(pairs(map, key));
      }
    }
    for (var key : new ArrayList<>(map.keySet())) {
      tree = tree.without(key);
    }
    assertThat(pairs(tree, "")).isEmpty();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2})
  void anOldTreeStaysAsItWas(long seed) {
    var random = new SplittableRandom(seed);
    var tree = KeyTree.<Integer>empty();
    for (var i = 0; i < 1_000; i++) {
      tree = tree.with("/" + random.nextInt(500), i);
    }
    var before = pairs(tree, "");
    var newer = tree;
    for (var i = 0; i < 1_000; i++) {
      newer = newer.with("/" + random.nextInt(500), -i).without("/" + random.nextInt(500));
    }
    assertThat(pairs(tree, "")).isEqualTo(before).isNotEqualTo(pairs(newer, ""));
  }

  private static List<String> pairs(KeyTree<Integer> tree, String start) {
    var pairs = new ArrayList<String>();
    tree.walk(start, (key, value) -> pairs.add(key + "=" + value));
    return pairs;
  }

  private static List<String> pairs(NavigableMap<String, Integer> map, String start) {
    var pairs = new ArrayList<String>();
    map.tailMap(start).forEach((key, value) -> pairs.add(key + "=" + value));
    return pairs;
  }
}
