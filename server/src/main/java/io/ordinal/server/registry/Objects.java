package io.ordinal.server.registry;

import io.ordinal.server.tree.Json;
import io.ordinal.store.Entry;
import io.ordinal.store.Range;
import io.ordinal.store.Store;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Reads stored objects for those who decide about others: admission, allocation, eviction, tokens.
/// What is read again and again (namespaces, service accounts) is decoded once per revision.
/// Objects are shared: never changed.
public final class Objects {
  /// In encoded form; a tree takes several times as much.
  private static final int MOST_BYTES = 4 << 20;

  private final Store store;
  private final int mostBytes;
  private final Map<String, Decoded> remembered = new LinkedHashMap<>(64, 0.75f, true);
  private int bytes;

  private record Decoded(long revision, int size, ObjectNode tree) {}

  /// Remembers as much as is usual.
  public Objects(Store store) {
    this(store, MOST_BYTES);
  }

  /// @param mostBytes how much encoded object is remembered at most
  Objects(Store store, int mostBytes) {
    this.store = store;
    this.mostBytes = mostBytes;
  }

  /// The object of that name, in its stored form.
  public Optional<ObjectNode> find(Kind kind, String namespace, String name) {
    var key = kind.key(namespace, name);
    var entry = store.get(key);
    if (entry.isEmpty()) forget(key);
    return entry.map(this::decode);
  }

  /// All objects of a kind, in a namespace or everywhere.
  public List<ObjectNode> list(Kind kind, String namespace) {
    return store.range(Range.all(kind.prefix(namespace))).entries().stream()
        .map(this::decode)
        .toList();
  }

  /// The stored object itself, for those who look at its bytes or its revisions.
  public Optional<Entry> entry(Kind kind, StoredKey key) {
    return store.get(kind.key(key.namespace(), key.name()));
  }

  /// Where all objects of a kind lie.
  public List<StoredKey> keys(Kind kind) {
    return store.range(Range.all(kind.prefix())).entries().stream()
        .map(entry -> StoredKey.of(entry.key()))
        .toList();
  }

  private ObjectNode decode(Entry entry) {
    var known = known(entry.key());
    if (known != null && known.revision == entry.revision()) return known.tree;
    var tree = Json.parse(entry.bytes());
    remember(entry.key(), new Decoded(entry.revision(), entry.bytes().length, tree));
    return tree;
  }

  private synchronized @Nullable Decoded known(String key) {
    return remembered.get(key);
  }

  private synchronized void remember(String key, Decoded decoded) {
    forget(key);
    remembered.put(key, decoded);
    bytes += decoded.size;
    var eldest = remembered.entrySet().iterator();
    while (bytes > mostBytes) {
      bytes -= eldest.next().getValue().size;
      eldest.remove();
    }
  }

  private synchronized void forget(String key) {
    var known = remembered.remove(key);
    if (known != null) bytes -= known.size;
  }

  /// How much is remembered, in encoded form.
  synchronized int rememberedBytes() {
    return bytes;
  }
}
