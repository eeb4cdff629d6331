package io.ordinal.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What an informer knows, by key and by index. One thread writes, any number read without locks;
/// every answer is in the order of keys, so that a simulation walks the same way each time.
final class ObjectCache<T extends HasMetadata> {
  private record Index<T>(
      Function<T, Collection<String>> values,
      Map<String, ConcurrentNavigableMap<ObjectKey, Cached<T>>> entries) {}

  private final ConcurrentNavigableMap<ObjectKey, Cached<T>> objects =
      new ConcurrentSkipListMap<>();
  private final Map<String, Index<T>> indexes = new ConcurrentHashMap<>();

  Optional<Cached<T>> get(ObjectKey key) {
    return Optional.ofNullable(objects.get(key));
  }

  Collection<ObjectKey> keys() {
    return objects.keySet();
  }

  List<T> list() {
    return objectsOf(objects);
  }

  List<T> list(String namespace) {
    // The character after every one that a namespace's name may end with bounds the range.
    return objectsOf(
        objects.subMap(new ObjectKey(namespace, ""), new ObjectKey(namespace + "\0", "")));
  }

  List<T> by(String index, String value) {
    var found = index(index).entries.get(value);
    return found == null ? List.of() : objectsOf(found);
  }

  boolean hasIndex(String name) {
    return indexes.containsKey(name);
  }

  void addIndex(String name, Function<T, Collection<String>> values) {
    var index = new Index<T>(values, new ConcurrentHashMap<>());
    objects.forEach((key, cached) -> enter(index, key, cached));
    indexes.put(name, index);
  }

  /// Puts an object in place, or takes it away when `after` is null; answers what was there.
  @Nullable Cached<T> set(ObjectKey key, @Nullable Cached<T> after) {
    var before = after == null ? objects.remove(key) : objects.put(key, after);
    for (var index : indexes.values()) {
      if (before != null) leave(index, key, before, after);
      if (after != null) enter(index, key, after);
    }
    return before;
  }

  private Index<T> index(String name) {
    var index = indexes.get(name);
    if (index == null) throw new IllegalArgumentException("no index named " + name);
    return index;
  }

  private static <T extends HasMetadata> List<T> objectsOf(Map<ObjectKey, Cached<T>> found) {
    return found.values().stream().map(Cached::object).toList();
  }

  private static <T> void enter(Index<T> index, ObjectKey key, Cached<T> cached) {
    for (var value : index.values.apply(cached.object())) {
      index.entries.computeIfAbsent(value, _ -> new ConcurrentSkipListMap<>()).put(key, cached);
    }
  }

  private static <T> void leave(
      Index<T> index, ObjectKey key, Cached<T> before, @Nullable Cached<T> after) {
    var kept = after == null ? List.<String>of() : index.values.apply(after.object());
    for (var value : index.values.apply(before.object())) {
      if (kept.contains(value)) continue;
      index.entries.computeIfPresent(
          value,
          (_, found) -> {
            found.remove(key);
            return found.isEmpty() ? null : found;
          });
    }
  }
}
