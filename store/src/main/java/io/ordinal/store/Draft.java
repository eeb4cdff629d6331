package io.ordinal.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// The next image while it is made: writes are applied one after the other, each to the outcome of
/// the one before. Nobody sees it until it is committed; giving it up costs nothing.
final class Draft {

  private KeyTree<Version> keys;
  private ChangeLog log;
  private long compacted;
  private final List<Change> changes = new ArrayList<>();
  private final List<Long> forgotten = new ArrayList<>();

  Draft(Image image) {
    this.keys = image.keys();
    this.log = image.log();
    this.compacted = image.compacted();
  }

  /// A draft that holds what a journal has kept; `forgotten` is what the journal could have left
  /// out.
  static Draft of(Kept kept) {
    var empty =
        new Image(KeyTree.empty(), ChangeLog.startingAt(kept.compacted() + 1), kept.compacted());
    var draft = new Draft(empty);
    kept.changes().forEach(draft::restore);
    return draft;
  }

  Image image() {
    return new Image(keys, log, compacted);
  }

  /// What was changed here, in order.
  List<Change> changes() {
    return changes;
  }

  /// The revisions that a compaction here has made superfluous.
  List<Long> forgotten() {
    return forgotten;
  }

  boolean isChangedSince(Image image) {
    return !changes.isEmpty() || compacted > image.compacted();
  }

  /// @throws ConflictException when the key is not as expected; the draft is then as before
  Entry apply(Write write) {
    image().check(write);
    var revision = log.end();
    var older = keys.get(write.key());
    var previous = older == null ? null : older.live();
    var created = previous == null ? revision : previous.createRevision();
    var entry = new Entry(write.key(), write.value().at(revision), created, revision);
    var change = new Change(write.deletes(), entry, previous);
    keys = keys.with(write.key(), new Version(change, older));
    log = log.append(change);
    changes.add(change);
    return entry;
  }

  /// Compacts up to a revision, which must not be above the newest; one that is compacted already
  /// changes nothing.
  void compact(long revision) {
    if (revision <= compacted) {
      return;
    }
    var touched = new HashSet<String>();
    for (var r = compacted + 1; r <= revision; r++) {
      var change = log.get(r);
      touched.add(change.key());
      if (change.previous() != null) {
        forgotten.add(change.previous().revision());
      }
      if (change.deleted()) {
        forgotten.add(r);
      }
    }
    touched.forEach(key -> trim(key, revision));
    log = log.compacted(revision);
    compacted = revision;
  }

  private void restore(Change change) {
    var older = keys.get(change.key());
    if (change.revision() > compacted) {
      var previous = older == null ? null : older.live();
      var whole = new Change(change.deleted(), change.entry(), previous);
      keys = keys.with(change.key(), new Version(whole, older));
      log = log.append(whole);
      return;
    }
    if (older != null) {
      forgotten.add(older.revision());
    }
    if (change.deleted()) {
      forgotten.add(change.revision());
      keys = keys.without(change.key());
    } else {
      keys = keys.with(change.key(), new Version(change, null));
    }
  }

  private void trim(String key, long revision) {
    var version = keys.get(key);
    if (version != null) {
      var rest = version.compacted(revision);
      keys = rest == null ? keys.without(key) : keys.with(key, rest);
    }
  }
}
