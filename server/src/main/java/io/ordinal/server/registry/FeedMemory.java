package io.ordinal.server.registry;

import io.ordinal.server.tree.Json;
import io.ordinal.store.Change;
import io.ordinal.store.Entry;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What selectors found in the objects at their last change, so that a change decodes its object at
/// most once and what it was before not at all. Used by one thread at a time.
final class FeedMemory {
  private final Map<String, Remembered> byKey = new HashMap<>();

  private record Remembered(long revision, Selectable selectable) {}

  Selectable of(Kind kind, Entry entry) {
    var known = byKey.get(entry.key());
    return known != null && known.revision == entry.revision()
        ? known.selectable
        : Selectable.of(kind, kind.toShown(Json.parse(entry.bytes())));
  }

  /// @param now null when nobody had to look into the object
  void remember(Change change, @Nullable Selectable now) {
    if (now == null || change.deleted()) byKey.remove(change.key());
    else byKey.put(change.key(), new Remembered(change.revision(), now));
  }

  void clear() {
    byKey.clear();
  }
}
