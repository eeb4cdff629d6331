package io.ordinal.server.auth;

import io.ordinal.server.registry.Kind;
import io.ordinal.server.registry.Kinds;
import io.ordinal.server.registry.Objects;
import io.ordinal.server.registry.ObservedStore;
import io.ordinal.server.registry.StoredKey;
import io.ordinal.server.tree.Json;
import io.ordinal.server.tree.Tree;
import io.ordinal.store.Entry;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What the pods of each node need. A pod is looked into once, when it is bound: what it names
/// cannot change from then on.
final class NodeGraph {
  private static final byte[] BOUND = "\"nodeName\":\"".getBytes(StandardCharsets.US_ASCII);

  private final Kind pods;
  private final Kind volumes;
  private final Objects objects;
  private final Map<String, Map<StoredKey, PodNeeds>> byNode = new ConcurrentHashMap<>();
  private final Map<StoredKey, Place> places = new ConcurrentHashMap<>();
  private boolean begun;

  /// Where a pod is.
  ///
  /// @param since the revision that made the pod: a later one of its name may be elsewhere
  private record Place(String node, long since) {}

  /// Many pods take a while to look into: that begins at once, and only nodes wait for it.
  NodeGraph(ObservedStore store, Kinds kinds, Objects objects, Executor pumps) {
    this.pods = kinds.get("", "pods");
    this.volumes = kinds.get("", "persistentvolumes");
    this.objects = objects;
    store.onCommit(key -> {
      if (key.isOf(pods)) look(key);
    });
    pumps.execute(this::begin);
  }

  private synchronized void begin() {
    if (begun) return;
    objects.keys(pods).forEach(this::look);
    begun = true;
  }

  /// Commits of one pod may be told in either order: what is stored now is what counts.
  private void look(StoredKey key) {
    places.compute(
        key,
        (_, known) -> {
          var entry = objects.entry(pods, key).orElse(null);
          if (known != null && entry != null && entry.createRevision() == known.since) return known;
          if (known != null) forget(key, known.node);
          return entry == null || !speaksOfNode(entry.bytes()) ? null : bound(key, entry);
        });
  }

  private void forget(StoredKey key, String node) {
    byNode.computeIfPresent(
        node,
        (_, known) -> {
          known.remove(key);
          return known.isEmpty() ? null : known;
        });
  }

  private @Nullable Place bound(StoredKey key, Entry entry) {
    var pod = Json.parse(entry.bytes());
    var node = Tree.text(pod, "spec", "nodeName");
    if (node.isEmpty()) return null;
    byNode.compute(
        node,
        (_, known) -> {
          var those = known == null ? new ConcurrentHashMap<StoredKey, PodNeeds>() : known;
          those.put(key, PodNeeds.of(pod));
          return those;
        });
    return new Place(node, entry.createRevision());
  }

  /// Most pods that change are not bound yet or known already: those need no decoding.
  private static boolean speaksOfNode(byte[] pod) {
    for (var at = 0; at <= pod.length - BOUND.length; at++) {
      if (pod[at] == '"' && Arrays.equals(pod, at, at + BOUND.length, BOUND, 0, BOUND.length)) {
        return true;
      }
    }
    return false;
  }

  /// Whether a pod of the node is or needs that object.
  boolean leads(String node, PodNeeds.Thing thing) {
    var wanted = thing.resource().equals("persistentvolumes") ? claimOf(thing.name()) : thing;
    Predicate<PodNeeds> needs = pod -> pod.include(wanted);
    if (has(node, needs)) return true;
    begin();
    return has(node, needs);
  }

  private boolean has(String node, Predicate<PodNeeds> needs) {
    return byNode.getOrDefault(node, Map.of()).values().stream().anyMatch(needs);
  }

  /// A volume is needed by whoever needs the claim that it is bound to.
  private PodNeeds.Thing claimOf(String volume) {
    var claim = objects.find(volumes, "", volume).map(it -> Tree.find(it, "spec", "claimRef"));
    return new PodNeeds.Thing(
        "persistentvolumeclaims",
        claim.map(it -> Tree.text(it, "namespace")).orElse(""),
        claim.map(it -> Tree.text(it, "name")).orElse(""));
  }
}
