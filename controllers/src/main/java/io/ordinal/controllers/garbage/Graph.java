package io.ordinal.controllers.garbage;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.ordinal.controllers.garbage.Thing.Leaving;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Who belongs to whom, by uid, kept up to date change by change. Each change answers the uids that
/// deserve a look; everything else is as it should be.
///
/// An owner that nobody has seen yet is not taken for absent: whoever names it deserves a look, and
/// that look asks the server.
final class Graph {
  private static final int ABSENT_REMEMBERED = 5_000;

  private final Map<String, Thing> things = new HashMap<>();
  private final Map<String, Map<String, Thing>> dependents = new HashMap<>();

  /// Owners known to be gone, so that a thousand dependents ask the server once. A uid never comes
  /// back.
  private final Set<String> absent =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
              return size() > ABSENT_REMEMBERED;
            }
          });

  synchronized Optional<Thing> get(String uid) {
    return Optional.ofNullable(things.get(uid));
  }

  synchronized List<Thing> dependentsOf(String uid) {
    return List.copyOf(dependents.getOrDefault(uid, Map.of()).values());
  }

  synchronized boolean isAbsent(String uid) {
    return absent.contains(uid);
  }

  synchronized void rememberAbsent(String uid) {
    absent.add(uid);
  }

  synchronized Collection<String> observed(Thing thing) {
    Set<String> look = new LinkedHashSet<>();
    Thing before = things.put(thing.uid(), thing);
    List<OwnerReference> old = before == null ? List.of() : before.owners();
    for (OwnerReference owner : old) {
      unlink(owner.getUid(), thing.uid());
    }
    for (OwnerReference owner : thing.owners()) {
      dependents.computeIfAbsent(owner.getUid(), _ -> new TreeMap<>()).put(thing.uid(), thing);
    }
    if (!old.equals(thing.owners())) {
      look.addAll(suspicious(thing));
      old.stream().map(OwnerReference::getUid).filter(this::waitsForDependents).forEach(look::add);
    }
    if (before == null || before.leaving() != thing.leaving()) {
      look.addAll(leavingNow(thing));
    }
    return look;
  }

  /// A dependent deserves a look when an owner is unknown, gone, or waits for it.
  private List<String> suspicious(Thing thing) {
    boolean all =
        thing.owners().stream()
                .map(OwnerReference::getUid)
                .allMatch(o -> things.containsKey(o) && !waitsForDependents(o))
            && thing.owners().stream().allMatch(o -> isAt(o, thing));
    return all ? List.of() : List.of(thing.uid());
  }

  /// An owner of a namespace can own only what is in the same one.
  private boolean isAt(OwnerReference owner, Thing dependent) {
    Thing known = things.get(owner.getUid());
    return known == null
        || known.namespace().isEmpty()
        || known.namespace().equals(dependent.namespace());
  }

  private Set<String> leavingNow(Thing thing) {
    Set<String> look = new LinkedHashSet<>();
    switch (thing.leaving()) {
      case NO, YES -> {}
      case ORPHANING -> look.add(thing.uid());
      case AFTER_DEPENDENTS -> {
        look.add(thing.uid());
        look.addAll(dependents.getOrDefault(thing.uid(), Map.of()).keySet());
      }
    }
    return look;
  }

  private boolean waitsForDependents(String uid) {
    Thing thing = things.get(uid);
    return thing != null && thing.leaving() == Leaving.AFTER_DEPENDENTS;
  }

  private void unlink(String owner, String dependent) {
    dependents.computeIfPresent(
        owner,
        (_, those) -> {
          those.remove(dependent);
          return those.isEmpty() ? null : those;
        });
  }

  /// The thing is gone: who belonged to it, and who waited for it, deserve a look.
  synchronized Collection<String> gone(String uid) {
    absent.add(uid);
    Set<String> look = new LinkedHashSet<>(dependents.getOrDefault(uid, Map.of()).keySet());
    Thing gone = things.remove(uid);
    if (gone != null) {
      for (OwnerReference owner : gone.owners()) {
        unlink(owner.getUid(), uid);
        if (waitsForDependents(owner.getUid())) {
          look.add(owner.getUid());
        }
      }
    }
    return look;
  }
}
