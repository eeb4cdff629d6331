package io.ordinal.controllers.statefulset;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.ordinal.controllers.write.ObjectApi;
import io.ordinal.kube.Cached;
import io.ordinal.kube.Informer;
import io.ordinal.kube.Json;
import io.ordinal.kube.ObjectKey;
import io.ordinal.kube.OwnerRefs;
import io.ordinal.kube.Timestamps;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The API server as far as a StatefulSet controller can tell: versions, conflicts, graceful
/// deletion, finalizers, generations, garbage collection by owners. What changes reaches the caches
/// only by [#deliver], so that they can be late.
final class World implements ObjectApi {
  static final String NAMESPACE = "default";
  private static final KubernetesSerialization JSON = new KubernetesSerialization();

  /// Sees every call of the controller before it is answered; what it throws is the answer.
  interface Gate {
    void pass(String verb, HasMetadata object);
  }

  private record Id(String kind, ObjectKey key) implements Comparable<Id> {
    @Override
    public int compareTo(Id other) {
      int byKind = kind.compareTo(other.kind);
      return byKind != 0 ? byKind : key.compareTo(other.key);
    }
  }

  private record Change(HasMetadata object, boolean gone) {}

  private final Clock clock;
  private final Caches caches;
  private final TreeMap<Id, HasMetadata> objects = new TreeMap<>();
  private final Deque<Change> undelivered = new ArrayDeque<>();
  private Gate gate = (_, _) -> {};
  private long version = 100;
  private long uids;

  World(Clock clock, Caches caches) {
    this.clock = clock;
    this.caches = caches;
  }

  void gate(Gate gate) {
    this.gate = gate;
  }

  // What the controller asks.

  @Override
  public <T extends HasMetadata> T create(T object) {
    gate.pass("create", object);
    return put(object);
  }

  @Override
  public <T extends HasMetadata> T replace(T object) {
    gate.pass("update", object);
    requireNewest(object);
    return store(edited(object));
  }

  @Override
  public <T extends HasMetadata> T replaceStatus(T object) {
    gate.pass("status", object);
    requireNewest(object);
    return store(copy(object));
  }

  @Override
  public <T extends HasMetadata> T replaceOwners(T object, List<OwnerReference> owners) {
    gate.pass("owners", object);
    requireNewest(object);
    T copy = copy(object);
    copy.getMetadata().setOwnerReferences(new ArrayList<>(owners));
    return store(copy);
  }

  @Override
  public <T extends HasMetadata> Optional<T> find(Class<T> type, ObjectKey key) {
    var found = stored(type, key);
    found.ifPresent(object -> gate.pass("find", object));
    return found;
  }

  private <T extends HasMetadata> Optional<T> stored(Class<T> type, ObjectKey key) {
    return Optional.ofNullable(objects.get(new Id(HasMetadata.getKind(type), key))).map(type::cast);
  }

  @Override
  public void delete(HasMetadata object) {
    gate.pass("delete", object);
    var live = objects.get(id(object));
    if (live != null && uid(live).equals(uid(object))) remove(live);
  }

  // What everybody else does.

  <T extends HasMetadata> T put(T object) {
    if (objects.containsKey(id(object))) {
      throw refusal(409, "AlreadyExists", id(object).key.name() + " already exists");
    }
    T copy = copy(object);
    var metadata = copy.getMetadata();
    metadata.setNamespace(NAMESPACE);
    metadata.setUid("uid-" + ++uids);
    metadata.setCreationTimestamp(Timestamps.seconds(clock.instant()));
    metadata.setGeneration(1L);
    if (copy instanceof Pod pod) asCreated(pod);
    return store(copy);
  }

  /// Somebody edits an object, whatever version it has.
  <T extends HasMetadata> T edit(T object, UnaryOperator<T> change) {
    @SuppressWarnings("unchecked") // what is stored under the name has the type it was put with
    T live = (T) Objects.requireNonNull(objects.get(id(object)), () -> "no " + id(object));
    T edited = edited(change.apply(copy(live)));
    if (edited.getMetadata().getDeletionTimestamp() != null
        && edited.getMetadata().getFinalizers().isEmpty()
        && !(edited instanceof Pod)) {
      vanish(edited);
      return edited;
    }
    return store(edited);
  }

  /// Asks for an object's end. A pod goes when its node says so, a claim when no pod uses it.
  void remove(HasMetadata object) {
    var metadata = object.getMetadata();
    boolean lingers = !metadata.getFinalizers().isEmpty() || object instanceof Pod || inUse(object);
    if (!lingers) {
      vanish(object);
    } else if (metadata.getDeletionTimestamp() == null) {
      HasMetadata copy = copy(object);
      copy.getMetadata().setDeletionTimestamp(Timestamps.seconds(clock.instant()));
      store(copy);
    }
  }

  /// The object is gone for good; claims that waited for it go too.
  void vanish(HasMetadata object) {
    version++;
    var last = objects.remove(id(object));
    if (last == null) return;
    HasMetadata copy = copy(last);
    copy.getMetadata().setResourceVersion(Long.toString(version));
    undelivered.add(new Change(copy, true));
    if (object instanceof Pod) {
      all(PersistentVolumeClaim.class).stream()
          .filter(claim -> claim.getMetadata().getDeletionTimestamp() != null && !inUse(claim))
          .forEach(this::vanish);
    }
  }

  <T extends HasMetadata> List<T> all(Class<T> type) {
    return objects.values().stream().filter(type::isInstance).map(type::cast).toList();
  }

  <T extends HasMetadata> Optional<T> get(Class<T> type, String name) {
    return stored(type, new ObjectKey(NAMESPACE, name));
  }

  Optional<Pod> pod(String name) {
    return get(Pod.class, name);
  }

  /// One object whose owners are all gone is removed, if there is one.
  boolean collectOne() {
    var uids = objects.values().stream().map(World::uid).toList();
    for (var object : List.copyOf(objects.values())) {
      var owners = OwnerRefs.of(object);
      boolean ownerless =
          !owners.isEmpty() && owners.stream().noneMatch(ref -> uids.contains(ref.getUid()));
      if (ownerless && object.getMetadata().getDeletionTimestamp() == null) {
        remove(object);
        return true;
      }
    }
    return false;
  }

  /// The caches hear of one change more, if there is one.
  boolean deliver() {
    var change = undelivered.poll();
    if (change == null) return false;
    switch (change.object) {
      case StatefulSet set -> tell(caches.sets(), set, change.gone);
      case Pod pod -> tell(caches.pods(), pod, change.gone);
      case PersistentVolumeClaim claim -> tell(caches.claims(), claim, change.gone);
      case ControllerRevision revision -> tell(caches.revisions(), revision, change.gone);
      default -> throw new IllegalStateException("unknown kind " + change.object.getKind());
    }
    return true;
  }

  Collection<HasMetadata> everything() {
    return objects.values();
  }

  static KubernetesClientException refusal(int code, String reason, String message) {
    return new KubernetesClientException(
        new StatusBuilder().withCode(code).withReason(reason).withMessage(message).build());
  }

  private static <T extends HasMetadata> void tell(Informer<T> informer, T object, boolean gone) {
    if (gone) informer.remove(object);
    else if (object instanceof StatefulSet) {
      informer.apply(new Cached<>(object, Optional.of(Json.of(JSON.asJson(object)))));
    } else informer.apply(object);
  }

  private <T extends HasMetadata> T store(T object) {
    object.getMetadata().setResourceVersion(Long.toString(++version));
    objects.put(id(object), object);
    undelivered.add(new Change(object, false));
    return object;
  }

  private void requireNewest(HasMetadata object) {
    var live = objects.get(id(object));
    if (live == null || !uid(live).equals(uid(object))) {
      throw refusal(404, "NotFound", object.getMetadata().getName() + " not found");
    }
    var expected = object.getMetadata().getResourceVersion();
    if (!live.getMetadata().getResourceVersion().equals(expected)) {
      throw refusal(409, "Conflict", "the object has been modified");
    }
  }

  /// A changed spec is a new generation.
  private <T extends HasMetadata> T edited(T object) {
    T copy = copy(object);
    if (copy instanceof StatefulSet set && objects.get(id(object)) instanceof StatefulSet before) {
      long generation = before.getMetadata().getGeneration();
      boolean changed = !before.getSpec().equals(set.getSpec());
      set.getMetadata().setGeneration(changed ? generation + 1 : generation);
    }
    return copy;
  }

  private boolean inUse(HasMetadata object) {
    return object instanceof PersistentVolumeClaim claim
        && all(Pod.class).stream()
            .flatMap(pod -> pod.getSpec().getVolumes().stream())
            .filter(volume -> volume.getPersistentVolumeClaim() != null)
            .anyMatch(volume ->
                volume
                    .getPersistentVolumeClaim()
                    .getClaimName()
                    .equals(claim.getMetadata().getName()));
  }

  private static void asCreated(Pod pod) {
    pod.setStatus(new PodBuilder().withNewStatus().withPhase("Pending").endStatus().buildStatus());
  }

  @SuppressWarnings("unchecked") // a builder of a type builds that type
  private static <T extends HasMetadata> T copy(T object) {
    return switch (object) {
      case Pod pod -> (T) new PodBuilder(pod).build();
      case StatefulSet set -> (T) new StatefulSetBuilder(set).build();
      case PersistentVolumeClaim claim -> (T) new PersistentVolumeClaimBuilder(claim).build();
      default -> JSON.clone(object);
    };
  }

  private static Id id(HasMetadata object) {
    return new Id(object.getKind(), new ObjectKey(NAMESPACE, object.getMetadata().getName()));
  }

  static String uid(@Nullable HasMetadata object) {
    return object == null ? "" : String.valueOf(object.getMetadata().getUid());
  }
}
