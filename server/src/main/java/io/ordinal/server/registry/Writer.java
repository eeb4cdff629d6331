package io.ordinal.server.registry;

import io.ordinal.server.Verb;
import io.ordinal.server.tree.Json;
import io.ordinal.server.tree.Tree;
import io.ordinal.server.validation.FieldErrors;
import io.ordinal.server.validation.MetadataRules;
import io.ordinal.server.validation.Names;
import io.ordinal.store.ConflictException;
import io.ordinal.store.Entry;
import io.ordinal.store.Expect;
import io.ordinal.store.OutcomeUnknownException;
import io.ordinal.store.Store;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Creates and changes objects (contract B2, B3). The order is the same for all kinds: the server's
/// own metadata, what the strategy wipes, admission, defaults, validation, allocation, store.
final class Writer {
  private static final int NAMES_TRIED = 8;
  private static final int TRIES = 5;

  private final Store store;
  private final Admission admission;
  private final InstantSource clock;
  private final RandomGenerator random;

  Writer(Store store, Admission admission, InstantSource clock, RandomGenerator random) {
    this.store = store;
    this.admission = admission;
    this.clock = clock;
    this.random = random;
  }

  /// Stores a new object, which is changed on the way.
  Written create(Write write, ObjectNode object) {
    var kind = write.kind();
    var generated = name(write, object);
    var about = write.named(Metadata.name(object)).attributes(Verb.CREATE);
    Metadata.begin(object, kind.has(Trait.COUNTS_GENERATIONS), clock.instant(), random);
    kind.strategy().prepareNew(object);
    admission.mutate(about, object, null);
    kind.strategy().defaults(object);
    validate(kind, object, null);
    admission.validate(about, object, null);
    var warnings = admission.warnings(about, object, null);
    var reservation = reserve(write, about, object, null);
    return keeping(reservation, () -> insert(write, object, generated)).with(warnings);
  }

  /// Answers whether the name was made up here.
  private boolean name(Write write, ObjectNode object) {
    var metadata = Metadata.of(object);
    if (!Tree.text(metadata, "resourceVersion").isEmpty()
        && !Tree.text(metadata, "resourceVersion").equals("0")) {
      throw Refusals.badRequest("resourceVersion should not be set on objects to be created");
    }
    place(write, metadata);
    var prefix = Tree.text(metadata, "generateName");
    if (!Tree.text(metadata, "name").isEmpty() || prefix.isEmpty()) return false;
    metadata.put("name", Names.generate(prefix, random));
    return true;
  }

  /// The URL says which namespace.
  private static void place(Write write, ObjectNode metadata) {
    var namespace = Tree.text(metadata, "namespace");
    if (!write.kind().namespaced()) metadata.remove("namespace");
    else if (!namespace.isEmpty() && !namespace.equals(write.namespace())) {
      throw Refusals.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    } else metadata.put("namespace", write.namespace());
  }

  private Written insert(Write write, ObjectNode object, boolean generated) {
    for (var tries = 1; ; tries++) {
      var name = Metadata.name(object);
      var key = write.named(name).key();
      var taken = store.get(key);
      if (taken.isEmpty()) {
        if (write.dryRun()) return new Written(Json.write(object), true);
        try {
          return stored(write, store.put(key, Json.encode(object), Expect.ABSENT), true);
        } catch (ConflictException e) {
          taken = store.get(key);
        }
      }
      if (!generated || tries == NAMES_TRIED) {
        var dying = taken.map(e -> Metadata.isBeingDeleted(Json.parse(e.bytes()))).orElse(false);
        throw Refusals.alreadyExists(write.kind(), name, dying);
      }
      var prefix = Tree.text(object, "metadata", "generateName");
      Metadata.of(object).put("name", Names.generate(prefix, random));
    }
  }

  /// Changes a stored object: `next` makes the wanted object from the present one, which it leaves
  /// as it is, perhaps several times. A resourceVersion in it that is not the present one is a
  /// conflict; without one, the change is tried again when somebody else was faster.
  Written update(Write write, UnaryOperator<ObjectNode> next) {
    for (var tries = 1; ; tries++) {
      var entry = store.get(write.key()).orElse(null);
      if (entry == null) throw Refusals.notFound(write.kind(), write.name());
      var old = Json.parse(entry.bytes());
      var object = next.apply(old);
      checkIdentity(write, object, old, entry.revision());
      try {
        return replace(write, new Present(entry.bytes(), entry.revision(), old), object);
      } catch (ConflictException e) {
        if (tries == TRIES) throw Refusals.modified(write.kind(), write.name());
      }
    }
  }

  /// What is stored now.
  private record Present(byte[] bytes, long revision, ObjectNode tree) {}

  private static void checkIdentity(Write write, ObjectNode object, ObjectNode old, long revision) {
    var kind = write.kind();
    var metadata = Metadata.of(object);
    var name = Tree.text(metadata, "name");
    if (name.isEmpty()) metadata.put("name", write.name());
    else if (!name.equals(write.name())) {
      throw Refusals.badRequest(
          "the name of the object ("
              + name
              + ") does not match the name on the URL ("
              + write.name()
              + ")");
    }
    place(write, metadata);
    var version = Tree.text(metadata, "resourceVersion");
    if (version.isEmpty() || version.equals("0")) {
      if (kind.has(Trait.UPDATED_BY_VERSION_ONLY))
        throw Refusals.versionMissing(kind, write.name());
    } else if (ListOptions.resourceVersion(version) != revision) {
      throw Refusals.modified(kind, write.name());
    }
    var uid = Tree.text(metadata, "uid");
    if (!uid.isEmpty() && !uid.equals(Metadata.uid(old))) {
      throw Refusals.uidDiffers(kind, write.name(), uid, Metadata.uid(old));
    }
  }

  private Written replace(Write write, Present present, ObjectNode object) {
    Metadata.carry(present.tree, object);
    return switch (write.part()) {
      case OBJECT -> {
        var warnings = change(write, object, present.tree);
        yield commit(write, object, present).with(warnings);
      }
      case STATUS -> {
        changeStatus(write, object, present.tree);
        yield commit(write, object, present);
      }
      case ANY -> commit(write, object, present);
    };
  }

  private List<String> change(Write write, ObjectNode object, ObjectNode old) {
    var kind = write.kind();
    var about = write.attributes(Verb.UPDATE);
    if (kind.hasStatus()) Tree.carry("status", old, object);
    kind.strategy().prepareChange(object, old);
    admission.mutate(about, object, old);
    kind.strategy().defaults(object);
    if (kind.has(Trait.COUNTS_GENERATIONS) && specChanged(kind, object, old)) {
      Metadata.countGeneration(object);
    }
    validate(kind, object, old);
    admission.validate(about, object, old);
    return admission.warnings(about, object, old);
  }

  /// All but status and metadata is as it was, and shared with what is stored: nobody changes it.
  private void changeStatus(Write write, ObjectNode object, ObjectNode old) {
    var kind = write.kind();
    var about = write.attributes(Verb.UPDATE);
    keepAllBut(object, old);
    kind.strategy().prepareStatus(object, old);
    admission.mutate(about, object, old);
    validateStatus(kind, object, old);
    admission.validate(about, object, old);
  }

  private Written commit(Write write, ObjectNode object, Present present) {
    if (Tree.equal(object, present.tree)) return new Written(present.bytes, false);
    var reservation = reserve(write, write.attributes(Verb.UPDATE), object, present.tree);
    return keeping(reservation, () -> store(write, object, present));
  }

  /// All that a write takes before it is stored. Only the object itself is held against what there
  /// is: its status tells what is so.
  private Reservation reserve(
      Write write, Attributes about, ObjectNode object, @Nullable ObjectNode old) {
    var admitted =
        write.part() == Write.Part.OBJECT
            ? admission.reserve(about, object, old, write.dryRun())
            : Reservation.NOTHING;
    return admitted.and(() -> write.kind().strategy().allocate(object, old, write.dryRun()));
  }

  private static void keepAllBut(ObjectNode object, ObjectNode old) {
    var metadata = object.get("metadata");
    var status = object.get("status");
    object.removeAll();
    object.setAll(old);
    object.set("metadata", metadata);
    if (status == null) object.remove("status");
    else object.set("status", status);
  }

  private static boolean specChanged(Kind kind, ObjectNode object, ObjectNode old) {
    for (var field : object.properties()) {
      if (countsAsSpec(kind, field.getKey())
          && !Tree.same(field.getValue(), old.get(field.getKey()))) return true;
    }
    for (var field : old.properties()) {
      if (countsAsSpec(kind, field.getKey())
          && !object.has(field.getKey())
          && !Tree.same(null, field.getValue())) {
        return true;
      }
    }
    return false;
  }

  /// A status that has no endpoint of its own is a field like others.
  private static boolean countsAsSpec(Kind kind, String field) {
    return switch (field) {
      case "apiVersion", "kind", "metadata" -> false;
      case "status" -> !kind.hasStatus();
      default -> true;
    };
  }

  private static void validate(Kind kind, ObjectNode object, @Nullable ObjectNode old) {
    var errors = new FieldErrors();
    MetadataRules.check(object, old, kind.namespaced(), kind.strategy()::checkName, errors);
    kind.strategy().validate(object, old, errors);
    if (!errors.isEmpty()) throw Refusals.invalid(kind, Metadata.name(object), errors);
  }

  private static void validateStatus(Kind kind, ObjectNode object, ObjectNode old) {
    var errors = new FieldErrors();
    MetadataRules.check(object, old, kind.namespaced(), kind.strategy()::checkName, errors);
    kind.strategy().validateStatus(object, old, errors);
    if (!errors.isEmpty()) throw Refusals.invalid(kind, Metadata.name(object), errors);
  }

  private Written store(Write write, ObjectNode object, Present present) {
    if (write.dryRun()) return new Written(Json.write(object), false);
    var value = Json.encode(object);
    var expect = Expect.revision(present.revision);
    if (Metadata.canGo(object) && !write.kind().strategy().heldBack(object)) {
      var last = store.delete(write.key(), value, expect);
      write.kind().strategy().released(object);
      return stored(write, last, false);
    }
    return stored(write, store.put(write.key(), value, expect), false);
  }

  private static Written stored(Write write, Entry entry, boolean created) {
    write.kind().strategy().written();
    return new Written(entry.bytes(), created);
  }

  private interface Commit {
    Written run();
  }

  /// A reservation is given back when the object surely was not stored.
  private static Written keeping(Reservation reservation, Commit commit) {
    var keep = false;
    try {
      var written = commit.run();
      keep = true;
      return written;
    } catch (OutcomeUnknownException e) {
      keep = true;
      throw e;
    } finally {
      if (keep) reservation.keep();
      else reservation.giveBack();
    }
  }
}
