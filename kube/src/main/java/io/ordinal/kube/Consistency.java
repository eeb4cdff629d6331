package io.ordinal.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Read your writes: remembers what was written for an owner, and says whether the caches have seen
/// it. A pass over an owner whose caches have not is put off; it would decide on a world that no
/// longer is.
///
/// Nothing here needs to survive a restart: caches that are listed afresh have seen everything.
public final class Consistency {
  private record Write(Informer<?> informer, ObjectKey key, long version) {
    boolean seen() {
      return informer.position() >= version;
    }
  }

  private record Deletion(Informer<?> informer, ObjectKey key, String uid) {
    boolean seen() {
      return informer
          .get(key)
          .filter(cached -> uid.equals(cached.getMetadata().getUid()))
          .filter(cached -> cached.getMetadata().getDeletionTimestamp() == null)
          .isEmpty();
    }
  }

  private final Consumer<ObjectKey> lookAgain;
  private final Map<ObjectKey, Map<Informer<?>, Write>> writes = new HashMap<>();
  private final Map<ObjectKey, List<Deletion>> deletions = new HashMap<>();
  private final Set<ObjectKey> waiting = new HashSet<>();

  /// `lookAgain` gets each owner that was put off, as soon as the caches are there.
  public Consistency(Consumer<ObjectKey> lookAgain) {
    this.lookAgain = lookAgain;
  }

  /// Owners are looked at again when one of these has moved. To be called once for each informer
  /// whose kind is written.
  public void follow(Informer<?> informer) {
    informer.onAdvance(this::release);
  }

  /// Something was created or changed for this owner, and the server answered with `result`.
  public synchronized void wrote(ObjectKey owner, Informer<?> informer, HasMetadata result) {
    var write = new Write(informer, ObjectKey.of(result), ResourceVersions.of(result));
    writes
        .computeIfAbsent(owner, _ -> new HashMap<>())
        .merge(informer, write, (a, b) -> a.version >= b.version ? a : b);
  }

  /// This object was deleted, or asked to end.
  public synchronized void deleted(ObjectKey owner, Informer<?> informer, HasMetadata object) {
    deletions
        .computeIfAbsent(owner, _ -> new ArrayList<>())
        .add(new Deletion(informer, ObjectKey.of(object), object.getMetadata().getUid()));
  }

  /// Whether the caches show everything that was written for this owner. If not, the owner is
  /// handed to `lookAgain` once they do.
  public synchronized boolean caughtUp(ObjectKey owner) {
    if (seen(owner)) {
      writes.remove(owner);
      deletions.remove(owner);
      waiting.remove(owner);
      return true;
    }
    waiting.add(owner);
    return false;
  }

  public synchronized void forget(ObjectKey owner) {
    writes.remove(owner);
    deletions.remove(owner);
    waiting.remove(owner);
  }

  private boolean seen(ObjectKey owner) {
    return writes.getOrDefault(owner, Map.of()).values().stream().allMatch(Write::seen)
        && deletions.getOrDefault(owner, List.of()).stream().allMatch(Deletion::seen);
  }

  private synchronized void release() {
    if (waiting.isEmpty()) return;
    for (var owner : waiting.stream().sorted().toList()) {
      if (seen(owner)) {
        waiting.remove(owner);
        lookAgain.accept(owner);
      }
    }
  }
}
