package io.ordinal.server.limits;

import io.ordinal.server.registry.Kind;
import io.ordinal.server.registry.Metadata;
import io.ordinal.server.registry.Objects;
import io.ordinal.server.registry.ObservedStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The few objects of one kind that rule a namespace, read once and kept true by commits: a
/// namespace without any costs one look into a map.
final class NamespaceIndex<T> {
  private final Kind kind;
  private final Objects objects;
  private final Function<ObjectNode, T> reading;
  private final Map<String, List<T>> byNamespace = new ConcurrentHashMap<>();

  NamespaceIndex(Kind kind, Objects objects, ObservedStore store, Function<ObjectNode, T> reading) {
    this.kind = kind;
    this.objects = objects;
    this.reading = reading;
    store.onCommit(key -> {
      if (key.isOf(kind)) byNamespace.compute(key.namespace(), this::read);
    });
    for (var object : objects.list(kind, "")) {
      byNamespace.compute(Metadata.namespace(object), this::read);
    }
  }

  /// What holds in a namespace, in the order of names. The list is the same one until something in
  /// it changes.
  List<T> in(String namespace) {
    return byNamespace.getOrDefault(namespace, List.of());
  }

  private @Nullable List<T> read(String namespace, @Nullable List<T> known) {
    var now = objects.list(kind, namespace).stream().map(reading).toList();
    if (now.isEmpty()) return null;
    return now.equals(known) ? known : now;
  }
}
