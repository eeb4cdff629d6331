package io.ordinal.server.registry;

import io.ordinal.server.tree.Json;
import io.ordinal.store.Change;
import io.ordinal.store.Entry;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One change on its way to the watchers; whatever it takes to look into it is done once for all of
/// them. Only one thread touches it.
final class FeedChange {
  private final Kind kind;
  private final Change change;
  private final FeedMemory memory;
  private @Nullable Selectable now;
  private @Nullable Selectable before;
  private @Nullable WatchEvent added;
  private @Nullable WatchEvent modified;
  private @Nullable WatchEvent deleted;

  FeedChange(Kind kind, Change change, FeedMemory memory) {
    this.kind = kind;
    this.change = change;
    this.memory = memory;
  }

  long revision() {
    return change.revision();
  }

  /// What a field says after the change.
  String value(String field) {
    return Selection.fromKey(kind, change.key(), field).orElseGet(() -> now().field(field));
  }

  /// What it said before; as it says now when the object is new.
  String valueBefore(String field) {
    var previous = change.previous();
    if (previous == null) return value(field);
    return Selection.fromKey(kind, change.key(), field)
        .orElseGet(() -> before(previous).field(field));
  }

  /// How a watcher sees the change; empty when it does not.
  Optional<WatchEvent> seenBy(Interest interest) {
    if (!interest.matchesKey(change.key())) return Optional.empty();
    var previous = change.previous();
    var is = !change.deleted() && (interest.byKey() || interest.matches(change.key(), now()));
    var was =
        previous != null && (interest.byKey() || interest.matches(change.key(), before(previous)));
    if (is) return Optional.of(was ? modified() : added());
    return was && previous != null ? Optional.of(deleted(previous)) : Optional.empty();
  }

  /// The last look at it: what was found out is remembered for the next change of the object.
  void seenByAll() {
    memory.remember(change, now);
  }

  private WatchEvent added() {
    if (added == null)
      added = new WatchEvent(WatchEvent.Type.ADDED, kind.shown(change.entry().bytes()));
    return added;
  }

  private WatchEvent modified() {
    if (modified == null)
      modified = new WatchEvent(WatchEvent.Type.MODIFIED, kind.shown(change.entry().bytes()));
    return modified;
  }

  /// An object that no longer matches is shown as it was when it did, at the revision of the
  /// change.
  private WatchEvent deleted(Entry previous) {
    if (deleted == null) {
      var last =
          change.deleted() ? change.entry().bytes() : Json.restamp(previous.bytes(), revision());
      deleted = new WatchEvent(WatchEvent.Type.DELETED, kind.shown(last));
    }
    return deleted;
  }

  private Selectable now() {
    if (now == null) now = memory.of(kind, change.entry());
    return now;
  }

  private Selectable before(Entry previous) {
    if (before == null) before = memory.of(kind, previous);
    return before;
  }
}
