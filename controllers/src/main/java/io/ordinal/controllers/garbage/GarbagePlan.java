package io.ordinal.controllers.garbage;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.ordinal.controllers.garbage.Thing.Leaving;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What becomes of one thing, decided from what the server just said about it and its owners.
sealed interface GarbagePlan {
  record Nothing() implements GarbagePlan {}

  /// Some owner is unknown to the server's discovery: it cannot be said whether it is there.
  record LookLater() implements GarbagePlan {}

  /// Another owner is there: only the references to the others go.
  record DropOwners(Set<String> uids) implements GarbagePlan {}

  /// A circle of things that wait for each other: this one waits, but blocks nobody any more.
  record Unblock() implements GarbagePlan {}

  /// Nobody is left that it belongs to.
  record Delete(Policy policy) implements GarbagePlan {}

  /// It waited for its dependents, and none is left that blocks it.
  record Finish(String finalizer) implements GarbagePlan {}

  /// It waits for these.
  record Await(List<String> dependents) implements GarbagePlan {}

  /// Its dependents are to be let go, then it may go itself.
  record Orphan(List<Thing> dependents) implements GarbagePlan {}

  enum Policy {
    BACKGROUND("Background"),
    FOREGROUND("Foreground"),
    ORPHAN("Orphan");

    private final String word;

    Policy(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /// What is known of an owner.
  enum Owner {
    /// It is there.
    SOLID,
    /// It is there and waits for its dependents to go.
    WAITING,
    /// It is not there.
    ABSENT,
    UNKNOWN
  }

  /// @param owners what is known of each owner, by uid
  /// @param dependents those the graph knows
  /// @param finalizers the thing's own
  static GarbagePlan of(
      Thing thing, Map<String, Owner> owners, List<Thing> dependents, List<String> finalizers) {
    return switch (thing.leaving()) {
      case ORPHANING -> new Orphan(dependents);
      case AFTER_DEPENDENTS -> waiting(thing, dependents);
      case YES -> new Nothing();
      case NO -> staying(thing, owners, dependents, finalizers);
    };
  }

  private static GarbagePlan waiting(Thing thing, List<Thing> dependents) {
    List<String> blocking =
        dependents.stream().filter(d -> d.blocks(thing.uid())).map(Thing::uid).toList();
    return blocking.isEmpty() ? new Finish(Thing.FOREGROUND) : new Await(blocking);
  }

  private static GarbagePlan staying(
      Thing thing, Map<String, Owner> owners, List<Thing> dependents, List<String> finalizers) {
    if (thing.owners().isEmpty()) {
      return new Nothing();
    }
    Set<String> waiting = those(thing, owners, Owner.WAITING);
    Set<String> absent = those(thing, owners, Owner.ABSENT);
    if (!those(thing, owners, Owner.SOLID).isEmpty()) {
      Set<String> useless =
          thing.owners().stream()
              .map(OwnerReference::getUid)
              .filter(o -> waiting.contains(o) || absent.contains(o))
              .collect(Collectors.toSet());
      return useless.isEmpty() ? new Nothing() : new DropOwners(useless);
    }
    if (!those(thing, owners, Owner.UNKNOWN).isEmpty()) {
      return new LookLater();
    }
    if (!waiting.isEmpty() && !dependents.isEmpty()) {
      boolean circle = dependents.stream().anyMatch(d -> d.leaving() == Leaving.AFTER_DEPENDENTS);
      boolean blocks = waiting.stream().anyMatch(thing::blocks);
      return circle && blocks ? new Unblock() : new Delete(Policy.FOREGROUND);
    }
    return new Delete(policy(finalizers));
  }

  private static Set<String> those(Thing thing, Map<String, Owner> owners, Owner state) {
    return thing.owners().stream()
        .map(OwnerReference::getUid)
        .filter(o -> owners.getOrDefault(o, Owner.UNKNOWN) == state)
        .collect(Collectors.toSet());
  }

  /// What the thing itself asks for by a finalizer it already has.
  private static Policy policy(List<String> finalizers) {
    if (finalizers.contains(Thing.ORPHAN)) {
      return Policy.ORPHAN;
    }
    return finalizers.contains(Thing.FOREGROUND) ? Policy.FOREGROUND : Policy.BACKGROUND;
  }
}
