package io.ordinal.controllers.garbage;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PartialObjectMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.ordinal.controllers.context.ControllerContext;
import io.ordinal.controllers.discovery.ApiKind;
import io.ordinal.controllers.garbage.GarbagePlan.Owner;
import io.ordinal.kube.Events;
import io.ordinal.kube.Informer;
import io.ordinal.kube.ObjectKey;
import io.ordinal.kube.Outcome;
import io.ordinal.kube.ResourceType;
import io.ordinal.kube.WorkQueue;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Follows every kind that can be deleted and looks at what a change has made suspicious. Whether
/// an owner is really gone is asked of the server, by uid, each time before anything is deleted.
public final class GarbageCollector {
  private static final Duration DISCOVERY_PERIOD = Duration.ofSeconds(30);
  private static final ObjectKey KINDS = new ObjectKey("", "kinds");

  private final KubernetesClient client;
  private final ControllerContext context;
  private final Map<ResourceType, Class<? extends HasMetadata>> followedAnyway;
  private final Clock steady;
  private final Hands hands;
  private final Events events;
  private final Graph graph = new Graph();
  private final Map<String, ApiKind> kinds = new ConcurrentHashMap<>();
  private final WorkQueue<ObjectKey> queue;
  private final WorkQueue<ObjectKey> kindQueue;

  /// Adds the collector to the context's controllers. Kinds in `followedAnyway` have an informer
  /// with whole objects already, which is shared; of all others only the metadata are followed.
  public GarbageCollector(
      ControllerContext context, Set<Class<? extends HasMetadata>> followedAnyway) {
    this.context = context;
    this.followedAnyway = new HashMap<>();
    followedAnyway.forEach(type -> this.followedAnyway.put(ResourceType.of(type), type));
    client = context.client("generic-garbage-collector");
    steady = context.steady();
    hands = new Hands(client);
    events = context.events("garbage-collector-controller", client);
    queue = context.controller("garbage-collector", this::reconcile, 4);
    kindQueue = context.controller("garbage-kinds", _ -> discover(), 1);
    kindQueue.add(KINDS);
  }

  private Outcome discover() {
    for (ApiKind kind : ApiKind.discover(client)) {
      String id = kind.apiVersion() + "/" + kind.kind();
      if (isCollected(kind) && kinds.putIfAbsent(id, kind) == null) {
        follow(kind);
      }
    }
    return new Outcome.LookAgainAt(steady.instant().plus(DISCOVERY_PERIOD));
  }

  /// Events come and go by themselves, in great numbers.
  private static boolean isCollected(ApiKind kind) {
    return kind.can("delete", "list", "watch") && !kind.type().plural().equals("events");
  }

  private void follow(ApiKind kind) {
    var whole = followedAnyway.get(kind.type());
    Informer<? extends HasMetadata> informer =
        whole == null ? context.informers().metadataOf(kind.type()) : context.informer(whole);
    informer.onChange((before, after) -> changed(kind, before, after));
    if (kind.type().equals(ApiKind.DEFINITIONS)) informer.onChange((_, _) -> kindQueue.add(KINDS));
  }

  private void changed(ApiKind kind, @Nullable HasMetadata before, @Nullable HasMetadata after) {
    if (before != null && (after == null || !uid(before).equals(uid(after)))) {
      graph.gone(uid(before)).forEach(this::look);
    }
    if (after != null) {
      graph.observed(Thing.of(kind, after)).forEach(this::look);
    }
  }

  private static String uid(HasMetadata object) {
    return object.getMetadata().getUid();
  }

  private void look(String uid) {
    queue.add(new ObjectKey("", uid));
  }

  private Outcome reconcile(ObjectKey key) {
    var thing = graph.get(key.name());
    if (thing.isEmpty()) {
      return Outcome.DONE;
    }
    var seen = hands.get(thing.get());
    if (seen.isEmpty()) {
      graph.gone(key.name()).forEach(this::look);
      return Outcome.DONE;
    }
    Thing now = Thing.of(thing.get().kind(), seen.get());
    var plan =
        GarbagePlan.of(
            now,
            ownersOf(now, seen.get()),
            graph.dependentsOf(now.uid()),
            seen.get().getMetadata().getFinalizers());
    return perform(now, seen.get(), plan);
  }

  private Map<String, Owner> ownersOf(Thing thing, PartialObjectMetadata seen) {
    Map<String, Owner> states = new HashMap<>();
    if (thing.leaving() == Thing.Leaving.NO) {
      for (OwnerReference owner : thing.owners()) {
        states.put(owner.getUid(), stateOf(owner, thing, seen));
      }
    }
    return states;
  }

  private Owner stateOf(OwnerReference ref, Thing thing, PartialObjectMetadata seen) {
    if (graph.isAbsent(ref.getUid())) {
      return Owner.ABSENT;
    }
    ApiKind kind = kindOf(ref);
    if (kind == null) {
      return Owner.UNKNOWN;
    }
    if (kind.namespaced() && !thing.kind().namespaced()) {
      tellWrongNamespace(ref, seen);
      return Owner.SOLID;
    }
    var owner = hands.get(kind, thing.namespace(), ref.getName());
    if (owner.isEmpty() || !ref.getUid().equals(uid(owner.get()))) {
      if (graph.get(ref.getUid()).isPresent()) {
        tellWrongNamespace(ref, seen);
      } else {
        graph.rememberAbsent(ref.getUid());
      }
      return Owner.ABSENT;
    }
    return Thing.of(kind, owner.get()).leaving() == Thing.Leaving.AFTER_DEPENDENTS
        ? Owner.WAITING
        : Owner.SOLID;
  }

  /// References keep the version they were written with; a kind is the same at each.
  private @Nullable ApiKind kindOf(OwnerReference ref) {
    ApiKind exact = kinds.get(ref.getApiVersion() + "/" + ref.getKind());
    if (exact != null) {
      return exact;
    }
    String group = group(ref.getApiVersion());
    return kinds.values().stream()
        .filter(k -> k.type().group().equals(group) && k.kind().equals(ref.getKind()))
        .findFirst()
        .orElse(null);
  }

  private static String group(String apiVersion) {
    int slash = apiVersion.indexOf('/');
    return slash < 0 ? "" : apiVersion.substring(0, slash);
  }

  private void tellWrongNamespace(OwnerReference ref, PartialObjectMetadata dependent) {
    events.warning(
        dependent,
        "OwnerRefInvalidNamespace",
        "ownerRef [%s/%s, namespace: %s, name: %s, uid: %s] does not exist in namespace \"%s\""
            .formatted(
                ref.getApiVersion(),
                ref.getKind(),
                Optional.ofNullable(dependent.getMetadata().getNamespace()).orElse(""),
                ref.getName(),
                ref.getUid(),
                Optional.ofNullable(dependent.getMetadata().getNamespace()).orElse("")));
  }

  private Outcome perform(Thing thing, PartialObjectMetadata seen, GarbagePlan plan) {
    switch (plan) {
      case GarbagePlan.Nothing _ -> {}
      case GarbagePlan.LookLater _ -> {
        return new Outcome.LookAgainAt(steady.instant().plus(DISCOVERY_PERIOD));
      }
      case GarbagePlan.DropOwners(var uids) -> dropOwners(thing, seen, uids);
      case GarbagePlan.Unblock _ ->
          hands.setOwners(thing, seen, changed(thing, GarbageCollector::unblocking));
      case GarbagePlan.Delete(var policy) -> hands.delete(thing, seen, policy);
      case GarbagePlan.Finish(var finalizer) -> hands.removeFinalizer(thing, seen, finalizer);
      case GarbagePlan.Await(var dependents) -> dependents.forEach(this::look);
      case GarbagePlan.Orphan(var dependents) -> {
        dependents.forEach(d -> letGo(d, thing.uid()));
        hands.removeFinalizer(thing, seen, Thing.ORPHAN);
      }
    }
    return Outcome.DONE;
  }

  private static List<OwnerReference> changed(Thing thing, UnaryOperator<OwnerReference> how) {
    return thing.owners().stream().map(how).toList();
  }

  private static OwnerReference unblocking(OwnerReference owner) {
    return new OwnerReferenceBuilder(owner).withBlockOwnerDeletion(false).build();
  }

  private void dropOwners(Thing thing, PartialObjectMetadata seen, Set<String> uids) {
    hands.setOwners(
        thing,
        seen,
        seen.getMetadata().getOwnerReferences().stream()
            .filter(o -> !uids.contains(o.getUid()))
            .toList());
  }

  private void letGo(Thing dependent, String owner) {
    hands.get(dependent).ifPresent(seen -> dropOwners(dependent, seen, Set.of(owner)));
  }
}
