package io.ordinal.platform.business;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.ordinal.kube.ObjectKey;
import io.ordinal.kube.Outcome;
import io.ordinal.kube.Timestamps;
import io.ordinal.kube.Writer;
import io.ordinal.platform.answer.Refusal;
import io.ordinal.platform.business.NamespacePlan.Observed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Keeps the namespaces of businesses in their clusters as they were granted, and takes them away.
final class NamespaceController {

  static final String FINALIZER = "business.tkestack.io/namespace";

  private static final Duration HEALTH = Duration.ofMinutes(1);
  private static final Duration WHILE_ENDING = Duration.ofSeconds(5);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

  private final KubernetesClient hub;
  private final Writer writer;
  private final Businesses businesses;
  private final ClusterClients clusters;
  private final InstantSource wall;
  private final InstantSource steady;

  NamespaceController(
      KubernetesClient hub,
      Businesses businesses,
      ClusterClients clusters,
      InstantSource wall,
      InstantSource steady) {
    this.hub = hub;
    this.writer = new Writer(hub);
    this.businesses = businesses;
    this.clusters = clusters;
    this.wall = wall;
    this.steady = steady;
  }

  /// The cluster whose matter an object is; "" when it is nobody's.
  String clusterOf(ObjectKey key) {
    return granted(key)
        .or(() -> businesses.namespaces().get(key).map(Place::wanted))
        .map(Place::cluster)
        .orElse("");
  }

  private Optional<Place> granted(ObjectKey key) {
    return businesses
        .find(key.namespace())
        .flatMap(project -> Place.granted(project.getStatus(), key.name()));
  }

  Outcome reconcile(ObjectKey key) {
    var object = businesses.namespaces().get(key);
    if (object.isEmpty()) return abandoned(key);
    try {
      return object.get().beingDeleted() ? ending(object.get()) : alive(object.get());
    } catch (Unreachable e) {
      return unreachable(object.get(), String.valueOf(e.getMessage()));
    }
  }

  private Outcome alive(BusinessNamespace object) {
    var guarded =
        object.getMetadata().getFinalizers().contains(FINALIZER)
            ? object
            : writer.addFinalizer(object, FINALIZER);
    var place = granted(ObjectKey.of(object));
    if (place.isPresent()) return inCluster(guarded, place.get());
    var why = Waiting.reason(object, businesses);
    write(guarded, object.getStatus().waiting(BusinessNamespace.PENDING, why));
    return Outcome.DONE;
  }

  private Outcome inCluster(BusinessNamespace object, Place place) {
    var ledger = ledger(businesses.find(object.project()), place);
    var grant = ledger.namespaces().get(place.namespace());
    if (grant == null) return Outcome.DONE;
    var real = ClusterNamespaces.of(client(place.cluster()));
    var seen =
        new Observed(
            object,
            place,
            grant.hard(),
            refused(object, place, ledger),
            real.find(place.namespace()),
            real.quota(place.namespace()));
    var plan = NamespacePlan.of(seen);
    var current = object;
    for (var step : plan.steps()) {
      if (step.touchesQuota()) {
        if (!isStillGranted(object.project(), place, grant)) return Outcome.DONE;
        current = announced(current, grant);
      }
      real.perform(place.namespace(), step);
    }
    write(current, status(current.getStatus(), seen, plan));
    var again = plan.steps().isEmpty() ? HEALTH : Duration.ZERO;
    return new Outcome.LookAgainAt(steady.instant().plus(again));
  }

  private static Ledger ledger(Optional<Project> project, Place place) {
    return project
        .map(each -> each.getStatus().clusters().getOrDefault(place.cluster(), Ledger.EMPTY))
        .orElse(Ledger.EMPTY);
  }

  private static Refused refused(BusinessNamespace object, Place place, Ledger ledger) {
    if (!Place.wanted(object).equals(place)) {
      return Refused.of(
          Refused.IMMUTABLE,
          "it is namespace %s of cluster %s and remains so",
          place.namespace(),
          place.cluster());
    }
    return ledger.refusal(GrantingPass.wish(object)).orElse(Refused.NOTHING);
  }

  /// The cache may be late, and what was granted may have been given to others meanwhile. If so,
  /// the change is on its way here.
  private boolean isStillGranted(String project, Place place, Grant grant) {
    var now = Optional.ofNullable(hub.resources(Project.class).withName(project).get());
    var granted = ledger(now, place).namespaces().get(place.namespace());
    return granted != null && granted.hard().equals(grant.hard());
  }

  /// What is in force is never more than the status says: it is told before more is given, and
  /// after less is.
  private BusinessNamespace announced(BusinessNamespace object, Grant grant) {
    var status = object.getStatus();
    if (status.hard().isEmpty()) return object;
    return write(object, status.with(Grant.most(status.hard(), grant.hard())));
  }

  private static NamespaceStatus status(NamespaceStatus known, Observed seen, NamespacePlan plan) {
    var inForce = plan.phase().equals(BusinessNamespace.AVAILABLE);
    if (!inForce) return known.waiting(plan.phase(), plan.why());
    return new NamespaceStatus(
        plan.phase(),
        seen.hard(),
        used(seen),
        seen.hard().isEmpty() ? "" : seen.place().namespace(),
        plan.why().reason(),
        plan.why().message(),
        "");
  }

  private static Map<String, Quantity> used(Observed seen) {
    var used = new LinkedHashMap<String, Quantity>();
    seen.quota()
        .map(quota -> quota.getStatus())
        .map(status -> status.getUsed())
        .ifPresent(all ->
            all.forEach((key, amount) -> {
              if (seen.hard().containsKey(key)) used.put(key, amount);
            }));
    return used;
  }

  private Outcome ending(BusinessNamespace object) {
    var place = Place.named(object).or(() -> granted(ObjectKey.of(object)));
    if (place.isEmpty() || isGone(object.project(), object.name(), place.get())) {
      place.ifPresent(each -> release(object.project(), each));
      writer.removeFinalizer(object, FINALIZER);
      return Outcome.DONE;
    }
    var why = new Refused("", "namespace " + place.get().namespace() + " is being deleted");
    write(object, object.getStatus().waiting(BusinessNamespace.TERMINATING, why));
    return new Outcome.LookAgainAt(steady.instant().plus(WHILE_ENDING));
  }

  /// Somebody took the object away past its finalizer. What it was granted stays granted until the
  /// namespace is gone, too: otherwise its business could have more than it may.
  private Outcome abandoned(ObjectKey key) {
    var place = granted(key);
    if (place.isEmpty()) return Outcome.DONE;
    var later = new Outcome.LookAgainAt(steady.instant().plus(WHILE_ENDING));
    if (isThere(key)) return later;
    try {
      if (!isGone(key.namespace(), key.name(), place.get())) return later;
    } catch (Unreachable e) {
      return new Outcome.LookAgainAt(steady.instant().plus(HEALTH));
    }
    release(key.namespace(), place.get());
    return Outcome.DONE;
  }

  /// A cache that is late must not cost a namespace. A list fails where a single look would take a
  /// kind that is not served for an object that is not there.
  private boolean isThere(ObjectKey key) {
    return hub
        .resources(BusinessNamespace.class)
        .inNamespace(key.namespace())
        .list()
        .getItems()
        .stream()
        .anyMatch(each -> each.name().equals(key.name()));
  }

  /// Whether nothing of it is left in its cluster; asks for its end otherwise. What is not the
  /// object's is left alone.
  private boolean isGone(String project, String object, Place place) {
    if (!clusters.has(place.cluster())) return true;
    var real = ClusterNamespaces.of(client(place.cluster()));
    var namespace = real.find(place.namespace()).filter(each -> isOf(each, project, object));
    if (namespace.isEmpty()) return true;
    if (namespace.get().getMetadata().getDeletionTimestamp() == null) real.delete(namespace.get());
    return false;
  }

  private static boolean isOf(Namespace namespace, String project, String object) {
    var labels = NamespacePlan.labels(namespace);
    return project.equals(labels.get(Project.LABEL))
        && object.equals(labels.get(BusinessNamespace.LABEL));
  }

  private KubernetesClient client(String cluster) {
    try {
      return clusters
          .find(cluster)
          .orElseThrow(() -> new Unreachable("there is no cluster " + cluster + " any more"));
    } catch (Refusal e) {
      throw new Unreachable(String.valueOf(e.getMessage()));
    }
  }

  /// The room is the business's again.
  private void release(String name, Place place) {
    var project = hub.resources(Project.class).withName(name).get();
    if (project == null) return;
    var status = project.getStatus();
    var ledger = status.clusters().get(place.cluster());
    if (ledger == null || !ledger.namespaces().containsKey(place.namespace())) return;
    var clusters = new LinkedHashMap<>(status.clusters());
    clusters.put(place.cluster(), ledger.without(place.namespace()));
    project.setStatus(status.with(clusters));
    writer.replaceStatus(project);
  }

  private Outcome unreachable(BusinessNamespace object, String message) {
    var why = new Refused(Refused.CONNECT_CLUSTER_ERROR, message);
    var phase = object.beingDeleted() ? BusinessNamespace.TERMINATING : BusinessNamespace.FAILED;
    write(object, object.getStatus().waiting(phase, why));
    return new Outcome.LookAgainAt(steady.instant().plus(pause(object.getStatus())));
  }

  /// As long as it has lasted already, within bounds: a pause that doubles.
  private Duration pause(NamespaceStatus status) {
    if (!status.reason().equals(Refused.CONNECT_CLUSTER_ERROR)) return FIRST_PAUSE;
    var since = Instant.parse(status.lastTransitionTime());
    var lasted = Duration.between(since, wall.instant());
    if (lasted.compareTo(FIRST_PAUSE) < 0) return FIRST_PAUSE;
    return lasted.compareTo(HEALTH) < 0 ? lasted : HEALTH;
  }

  /// Writes what is new, and answers the object as it is then.
  private BusinessNamespace write(BusinessNamespace object, NamespaceStatus wanted) {
    var known = object.getStatus();
    var changed = !known.phase().equals(wanted.phase()) || !known.reason().equals(wanted.reason());
    var time = changed ? Timestamps.seconds(wall.instant()) : known.lastTransitionTime();
    var status = wanted.at(time);
    if (status.equals(known)) return object;
    var copy = new BusinessNamespace();
    copy.setMetadata(object.getMetadata());
    copy.setSpec(object.getSpec());
    copy.setStatus(status);
    return writer.replaceStatus(copy);
  }
}
