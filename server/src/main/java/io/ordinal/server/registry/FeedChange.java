package io.ordinal.server.registry;

import io.ordinal.server.tree.Json;
import io.ordinal.store.Change;
import io.ordinal.store.Entry;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// One change on its way to the watchers; whatever it takes to look into it is done once for all of
/// them. Only the feed's thread touches it.
final class FeedChange {
  private final Kind kind;
  private final Change change;
  private @Nullable ObjectNode now;
  private @Nullable ObjectNode before;
  private @Nullable WatchEvent added;
  private @Nullable WatchEvent modified;
  private @Nullable WatchEvent deleted;

  FeedChange(Kind kind, Change change) {
    this.kind = kind;
    this.change = change;
  }

  long revision() {
    return change.revision();
  }

  /// What a field says after the change.
  String value(String field) {
    return Selection.fromKey(kind, change.key(), field)
        .orElseGet(() -> Selection.value(kind, now(), field));
  }

  /// What it said before; as it says now when the object is new.
  String valueBefore(String field) {
    var previous = change.previous();
    if (previous == null) return value(field);
    return Selection.fromKey(kind, change.key(), field)
        .orElseGet(() -> Selection.value(kind, before(previous), field));
  }

  /// How a watcher of a selection sees the change; empty when it does not.
  Optional<WatchEvent> seenBy(Selection selection) {
    if (!selection.matchesKey(change.key())) return Optional.empty();
    var byKey = selection.isDecidedByKey();
    var previous = change.previous();
    var is = !change.deleted() && (byKey || selection.matches(now()));
    var was = previous != null && (byKey || selection.matches(before(previous)));
    if (is) return Optional.of(was ? modified() : added());
    return was && previous != null ? Optional.of(deleted(previous)) : Optional.empty();
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

  private ObjectNode now() {
    if (now == null) now = decode(change.entry());
    return now;
  }

  private ObjectNode before(Entry previous) {
    if (before == null) before = decode(previous);
    return before;
  }

  private ObjectNode decode(Entry entry) {
    return kind.toShown(Json.parse(entry.bytes()));
  }
}
