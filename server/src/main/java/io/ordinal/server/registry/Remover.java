package io.ordinal.server.registry;

import io.ordinal.server.Verb;
import io.ordinal.server.registry.DeleteOptions.Propagation;
import io.ordinal.server.tree.Json;
import io.ordinal.server.tree.Tree;
import io.ordinal.store.ConflictException;
import io.ordinal.store.Entry;
import io.ordinal.store.Expect;
import io.ordinal.store.Store;
import io.ordinal.store.Value;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Deletes objects (contract B3): at once, after a grace period, or when their finalizers are gone.
final class Remover {
  private static final int TRIES = 5;

  private final Store store;
  private final Reader reader;
  private final Admission admission;
  private final InstantSource clock;

  Remover(Store store, Reader reader, Admission admission, InstantSource clock) {
    this.store = store;
    this.reader = reader;
    this.admission = admission;
    this.clock = clock;
  }

  /// What came of it.
  ///
  /// @param json the object as it is now, or was last
  /// @param gone whether it is no longer there
  record Removed(byte[] json, boolean gone) {}

  Removed delete(Write write, DeleteOptions options) {
    for (var tries = 1; ; tries++) {
      var entry = reader.entry(write.kind(), write.namespace(), write.name());
      try {
        return delete(write, options, entry);
      } catch (ConflictException e) {
        if (tries == TRIES) throw Refusals.modified(write.kind(), write.name());
      }
    }
  }

  private Removed delete(Write write, DeleteOptions options, Entry entry) {
    var object = Json.parse(entry.bytes());
    checkPreconditions(write, options, object, entry.revision());
    admission.validate(write.attributes(Verb.DELETE), null, object);
    var dryRun = write.dryRun() || options.dryRun();
    return switch (decide(write.kind(), options, object)) {
      case PENDING -> new Removed(entry.bytes(), false);
      case KEPT -> {
        if (dryRun) yield new Removed(Json.write(object), false);
        var expect = Expect.revision(entry.revision());
        var kept = store.put(write.key(), Json.encode(object), expect);
        write.kind().strategy().written();
        yield new Removed(kept.bytes(), false);
      }
      case GONE -> {
        if (dryRun) yield new Removed(Json.write(object), true);
        var last =
            store.delete(write.key(), encode(object, entry), Expect.revision(entry.revision()));
        write.kind().strategy().released(object);
        write.kind().strategy().written();
        yield new Removed(last.bytes(), true);
      }
    };
  }

  private static Value encode(ObjectNode object, Entry entry) {
    return Metadata.isBeingDeleted(object) ? Json.encode(object) : Json.reopen(entry.bytes());
  }

  private static void checkPreconditions(
      Write write, DeleteOptions options, ObjectNode object, long revision) {
    var uid = Metadata.uid(object);
    if (!options.uid().isEmpty() && !options.uid().equals(uid)) {
      throw Refusals.uidDiffers(write.kind(), write.name(), options.uid(), uid);
    }
    var version = options.resourceVersion();
    if (!version.isEmpty() && ListOptions.resourceVersion(version) != revision) {
      throw Refusals.conflict(
          write.kind(),
          write.name(),
          "Precondition failed: ResourceVersion in precondition: "
              + version
              + ", ResourceVersion in object meta: "
              + revision);
    }
  }

  private enum Fate {
    /// It is being deleted already, and nothing changes.
    PENDING,
    /// It is marked, and lives on until its grace or its finalizers have ended.
    KEPT,
    /// It goes now.
    GONE
  }

  /// Decides, and marks the object.
  private Fate decide(Kind kind, DeleteOptions options, ObjectNode object) {
    var strategy = kind.strategy();
    var now = clock.instant();
    var graceful = false;
    if (Metadata.isBeingDeleted(object)) {
      if (Tree.has(object, "metadata", "deletionGracePeriodSeconds")) {
        if (!shortened(object, options.gracePeriodSeconds())) return Fate.PENDING;
        graceful = true;
      }
    } else {
      setFinalizers(kind, options, object);
      var grace = strategy.gracePeriod(object, options.gracePeriodSeconds());
      graceful = grace.isPresent();
      if (graceful) begin(object, grace.getAsLong(), now);
    }
    var held = !Metadata.finalizers(object).isEmpty() || strategy.heldBack(object);
    if (held && !graceful) {
      Metadata.markDeleting(object, now);
      strategy.markDeleting(object, now);
    }
    var waits = graceful && Tree.number(0, object, "metadata", "deletionGracePeriodSeconds") > 0;
    return held || waits ? Fate.KEPT : Fate.GONE;
  }

  private static void begin(ObjectNode object, long grace, Instant now) {
    Metadata.of(object)
        .put("deletionTimestamp", Metadata.time(now.plusSeconds(grace)))
        .put("deletionGracePeriodSeconds", grace);
    Metadata.countGeneration(object);
  }

  /// A later delete can only make the grace period shorter.
  private static boolean shortened(ObjectNode object, OptionalLong asked) {
    var metadata = Metadata.of(object);
    var present = Tree.number(0, metadata, "deletionGracePeriodSeconds");
    if (asked.isEmpty() || asked.getAsLong() >= present) return false;
    var grace = Math.max(0, asked.getAsLong());
    var ends = Ages.parse(Tree.text(metadata, "deletionTimestamp")).orElseThrow();
    metadata.put("deletionTimestamp", Metadata.time(ends.minusSeconds(present).plusSeconds(grace)));
    metadata.put("deletionGracePeriodSeconds", grace);
    return true;
  }

  /// Orphaning and foreground deletion are finalizers that the garbage collector takes away.
  private static void setFinalizers(Kind kind, DeleteOptions options, ObjectNode object) {
    Set<String> finalizers = new LinkedHashSet<>(Metadata.finalizers(object));
    var propagation = options.propagation().or(() -> presumed(kind, finalizers));
    if (propagation.isEmpty()) return;
    finalizers.remove(Metadata.ORPHAN);
    finalizers.remove(Metadata.FOREGROUND);
    switch (propagation.get()) {
      case ORPHAN -> finalizers.add(Metadata.ORPHAN);
      case FOREGROUND -> finalizers.add(Metadata.FOREGROUND);
      case BACKGROUND -> {}
    }
    Metadata.setFinalizers(object, finalizers);
  }

  private static Optional<Propagation> presumed(Kind kind, Set<String> finalizers) {
    if (finalizers.contains(Metadata.ORPHAN)) return Optional.of(Propagation.ORPHAN);
    if (finalizers.contains(Metadata.FOREGROUND)) return Optional.of(Propagation.FOREGROUND);
    return kind.has(Trait.ORPHANS_DEPENDENTS) ? Optional.of(Propagation.ORPHAN) : Optional.empty();
  }
}
