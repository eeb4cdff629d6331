package io.ordinal.controllers.statefulset;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.ordinal.kube.ObjectKey;
import io.ordinal.kube.Ordinals;
import io.ordinal.kube.Pods;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What must hold at every step, whatever happens. Decisions are judged by what the controller
/// could know when it took them: by its caches, for the moment of the call.
final class Invariants implements World.Gate {
  private final SetWorld it;
  private final World.Gate faults;
  private final Map<String, String> namesSeen = new HashMap<>();
  private final Set<Integer> everUnwanted = new HashSet<>();
  private boolean unstickCrashing;

  Invariants(SetWorld it, World.Gate faults) {
    this.it = it;
    this.faults = faults;
    it.world.gate(this);
    it.afterEachStep(this::check);
  }

  void allowReplacingCrashing() {
    unstickCrashing = true;
  }

  /// Asked of every call that the controller makes.
  @Override
  public void pass(String verb, HasMetadata object) {
    if (object instanceof Pod pod) {
      if (verb.equals("create")) mayCreate(pod);
      if (verb.equals("delete")) mayDelete(pod);
    }
    if (object instanceof PersistentVolumeClaim && verb.equals("delete")) {
      throw new AssertionError("claims are never deleted by the controller");
    }
    faults.pass(verb, object);
  }

  /// Asked after every step of anybody.
  void check() {
    var sets = it.world.all(StatefulSet.class);
    if (sets.isEmpty()) return;
    var spec = SetSpec.of(sets.getFirst());
    for (int ordinal = 0; ordinal < 20; ordinal++) {
      if (!spec.wants(ordinal)) everUnwanted.add(ordinal);
    }
    claimsThatThePolicyKeepsAreThere(spec);
  }

  private void mayCreate(Pod pod) {
    var spec = cachedSpec();
    int ordinal = Sets.ordinal(pod);
    require(spec.wants(ordinal), "made a pod that nobody wants: " + ordinal);
    require(!spec.isTerminating(), "made a pod for a set that ends");
    require(cached(ordinal) == null, "made a second pod of one name: " + ordinal);
    for (int lower = spec.start(); spec.ordered() && lower < ordinal; lower++) {
      var before = cached(lower);
      require(
          before != null
              && !Pods.isTerminating(before)
              && PodCounts.isAvailable(before, spec, it.clock.instant()),
          "made " + ordinal + " before " + lower + " was available");
    }
  }

  private void mayDelete(Pod pod) {
    var spec = cachedSpec();
    int ordinal = Sets.ordinal(pod);
    require(!Pods.isTerminating(pod), "deleted twice: " + ordinal);
    require(!spec.isTerminating(), "deleted a pod of a set that ends");
    if (Pods.isTerminal(pod)) return;
    if (!spec.wants(ordinal)) {
      noHigherUnwanted(spec, ordinal);
      return;
    }
    var revision = PodIdentity.revision(pod);
    boolean outdated = !revision.equals(updateRevision());
    boolean byUpdate =
        outdated
            && spec.update() instanceof SetSpec.Update.Rolling
            && ordinal >= spec.updatesFrom();
    if (it.node.wasReady(pod)) {
      require(byUpdate, "deleted a pod that had been ready: " + ordinal);
      if (Pods.isReady(pod)) withinBudget(spec, ordinal);
      return;
    }
    boolean stuck = !Unstick.hasStarted(pod) || unstickCrashing;
    boolean ruleOfParallel = !spec.ordered() && byUpdate;
    require(stuck || ruleOfParallel, "deleted a pod that has started: " + ordinal);
    require(
        !(spec.update() instanceof SetSpec.Update.OnDelete), "replaced a pod of an OnDelete set");
  }

  private void noHigherUnwanted(SetSpec spec, int ordinal) {
    if (!spec.ordered()) return;
    for (var other : it.caches.pods().list()) {
      require(
          spec.wants(Sets.ordinal(other)) || Sets.ordinal(other) <= ordinal,
          "removed " + ordinal + " before " + Sets.ordinal(other));
    }
  }

  private void withinBudget(SetSpec spec, int ordinal) {
    var update = RollingUpdate.of(spec).orElseThrow();
    long unavailable = 0;
    for (int i = spec.start(); i < spec.end(); i++) {
      var pod = cached(i);
      boolean available =
          pod != null
              && !Pods.isTerminating(pod)
              && PodCounts.isAvailable(pod, spec, it.clock.instant());
      if (!available) unavailable++;
    }
    require(
        unavailable < update.maxUnavailable(),
        "took down " + ordinal + " while " + unavailable + " were unavailable");
  }

  private void claimsThatThePolicyKeepsAreThere(SetSpec spec) {
    for (var claim : it.world.all(PersistentVolumeClaim.class)) {
      namesSeen.put(claim.getMetadata().getName(), World.uid(claim));
    }
    boolean scaledAway = spec.retention().whenScaled() == ClaimRetention.Fate.DELETE;
    namesSeen.forEach((name, uid) -> {
      int ordinal = Ordinals.of(name).orElseThrow();
      if (scaledAway && everUnwanted.contains(ordinal)) return;
      var claim = it.world.get(PersistentVolumeClaim.class, name);
      require(
          claim.filter(c -> World.uid(c).equals(uid)).isPresent(),
          "lost claim " + name + ", which the policy keeps");
    });
  }

  private SetSpec cachedSpec() {
    return SetSpec.of(it.caches.sets().list().getFirst());
  }

  private String updateRevision() {
    var cached = it.caches.sets().cached(new ObjectKey(World.NAMESPACE, "web")).orElseThrow();
    var wanted = new Templates().dataOf(cached);
    return it.world.all(io.fabric8.kubernetes.api.model.apps.ControllerRevision.class).stream()
        .filter(r -> io.ordinal.controllers.statefulset.history.TemplateData.of(r).equals(wanted))
        .map(r -> r.getMetadata().getName())
        .findFirst()
        .orElse("");
  }

  private @org.jspecify.annotations.Nullable Pod cached(int ordinal) {
    return it.caches.pods().get(new ObjectKey(World.NAMESPACE, "web-" + ordinal)).orElse(null);
  }

  private static void require(boolean holds, String message) {
    if (!holds) throw new AssertionError(message);
  }
}
