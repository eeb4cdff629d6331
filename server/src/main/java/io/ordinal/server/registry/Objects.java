package io.ordinal.server.registry;

import io.ordinal.server.tree.Json;
import io.ordinal.store.Entry;
import io.ordinal.store.Range;
import io.ordinal.store.Store;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/// Reads stored objects for those who decide about others: admission, allocation, eviction. What is
/// read again and again (namespaces, service accounts) is decoded once per revision. Objects are
/// shared: never changed.
public final class Objects {
  private static final int MOST_REMEMBERED = 10_000;

  private final Store store;
  private final Map<String, Decoded> remembered = new ConcurrentHashMap<>();

  private record Decoded(long revision, ObjectNode tree) {}

  public Objects(Store store) {
    this.store = store;
  }

  /// The object of that name, in its stored form.
  public Optional<ObjectNode> find(Kind kind, String namespace, String name) {
    return store.get(kind.key(namespace, name)).map(this::decode);
  }

  /// All objects of a kind, in a namespace or everywhere.
  public List<ObjectNode> list(Kind kind, String namespace) {
    return store.range(Range.all(kind.prefix(namespace))).entries().stream()
        .map(this::decode)
        .toList();
  }

  private ObjectNode decode(Entry entry) {
    var known = remembered.get(entry.key());
    if (known != null && known.revision == entry.revision()) return known.tree;
    var tree = Json.parse(entry.bytes());
    if (remembered.size() >= MOST_REMEMBERED) remembered.clear();
    remembered.put(entry.key(), new Decoded(entry.revision(), tree));
    return tree;
  }
}
