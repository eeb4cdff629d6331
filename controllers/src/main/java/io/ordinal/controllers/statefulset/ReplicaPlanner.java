package io.ordinal.controllers.statefulset;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.ordinal.controllers.statefulset.Plan.Action;
import io.ordinal.controllers.statefulset.Plan.Why;
import io.ordinal.controllers.statefulset.SetSpec.Update;
import io.ordinal.controllers.statefulset.Slots.Slot;
import io.ordinal.kube.Ordinals;
import io.ordinal.kube.Pods;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Decides what one wanted pod needs.
final class ReplicaPlanner {
  /// @param waitsFor what stands in the way of the pods after it, if the set is an ordered one
  record Decision(List<Action> actions, Optional<String> waitsFor) {
    private static final Decision GO_ON = new Decision(List.of(), Optional.empty());

    private static Decision thenWait(List<Action> actions, String waitsFor) {
      return new Decision(actions, Optional.of(waitsFor));
    }
  }

  private final Observed seen;
  private final SetSpec spec;
  private final Unstick unstick;

  ReplicaPlanner(Observed seen) {
    this.seen = seen;
    this.spec = seen.spec();
    this.unstick = Unstick.of(spec);
  }

  String podName(Slot slot) {
    return Ordinals.name(spec.name(), slot.ordinal());
  }

  Decision decide(Slot slot) {
    var pod = slot.pod();
    if (pod == null) return make(slot);
    if (Pods.isTerminal(pod)) return replaceEnded(pod);
    // A pod that is not running yet may lack a claim that somebody deleted in the meantime.
    var claims = Pods.isPending(pod) ? completeClaims(slot, pod) : List.<Action>of();
    if (Pods.isTerminating(pod) && spec.ordered()) {
      return Decision.thenWait(claims, "Pod " + podName(slot) + " to be gone");
    }
    if (!Pods.isRunningAndReady(pod)) {
      var stuck = stuck(slot, pod);
      if (stuck.isPresent()) return replaceStuck(pod, stuck.get());
      if (spec.ordered()) {
        return Decision.thenWait(claims, "Pod " + podName(slot) + " to become ready");
      }
    }
    if (spec.ordered() && !PodCounts.isAvailable(pod, spec, seen.now())) {
      return Decision.thenWait(claims, "Pod " + podName(slot) + " to become available");
    }
    return repair(pod, claims);
  }

  /// What gives a pod's existing claims the owners they should have.
  List<Action> ownClaims(Pod pod) {
    var actions = new ArrayList<Action>();
    int ordinal = PodIdentity.ordinal(spec, pod);
    for (var template : spec.claimTemplates()) {
      var claim = seen.claims().get(Claims.name(template, spec, ordinal));
      if (claim != null) own(claim, pod, actions);
    }
    return actions;
  }

  private void own(PersistentVolumeClaim claim, Pod pod, List<Action> actions) {
    var verdict = spec.retention().judge(claim, spec, pod);
    if (verdict.foreign()) actions.add(new Action.WarnOfForeignOwner(claim));
    if (!verdict.upToDate()) {
      actions.add(new Action.OwnClaim(spec.retention().owned(claim, spec, pod)));
    }
  }

  private Decision make(Slot slot) {
    var name = podName(slot);
    for (var template : spec.claimTemplates()) {
      var claim = seen.claims().get(Claims.name(template, spec, slot.ordinal()));
      if (claim == null) continue;
      if (spec.retention().isStale(claim, name, null)) {
        return Decision.thenWait(List.of(), "claim " + claimName(claim) + " to be collected");
      }
    }
    var actions = new ArrayList<>(missingClaims(slot, name));
    if (actions.stream().noneMatch(Action.Refuse.class::isInstance)) {
      actions.add(
          new Action.CreatePod(PodIdentity.newPod(spec, revisionFor(slot), slot.ordinal())));
    }
    return Decision.thenWait(actions, "Pod " + name + " to be created");
  }

  private Decision replaceEnded(Pod pod) {
    var wait = "Pod " + pod.getMetadata().getName() + " to be gone";
    if (Pods.isTerminating(pod)) return Decision.thenWait(List.of(), wait);
    return Decision.thenWait(List.of(new Action.DeletePod(pod, new Why.Ended())), wait);
  }

  private Decision replaceStuck(Pod pod, Why.Stuck why) {
    return Decision.thenWait(
        List.of(new Action.DeletePod(pod, why)),
        "Pod " + pod.getMetadata().getName() + " to be gone");
  }

  private List<Action> completeClaims(Slot slot, Pod pod) {
    var actions = new ArrayList<>(missingClaims(slot, podName(slot)));
    actions.addAll(ownClaims(pod));
    return actions;
  }

  /// Claims that are to be made, or a refusal if one is just being deleted: a pod must not start on
  /// a claim that goes away under it.
  private List<Action> missingClaims(Slot slot, String pod) {
    var actions = new ArrayList<Action>();
    for (var template : spec.claimTemplates()) {
      var claim = seen.claims().get(Claims.name(template, spec, slot.ordinal()));
      if (claim == null) {
        var missing = Claims.newClaim(template, spec, slot.ordinal());
        actions.add(new Action.CreateClaim(missing, pod));
      } else if (claim.getMetadata().getDeletionTimestamp() != null) {
        actions.add(
            new Action.Refuse(
                pod, "pvc " + claimName(claim) + " is being deleted", slot.pod() == null));
      }
    }
    return actions;
  }

  private Decision repair(Pod pod, List<Action> claims) {
    boolean fits = PodIdentity.matches(spec, pod) && PodIdentity.storageMatches(spec, pod);
    if (fits && !Pods.isPending(pod)) {
      var owners = ownClaims(pod);
      return owners.isEmpty() ? Decision.GO_ON : new Decision(owners, Optional.empty());
    }
    var actions = new ArrayList<Action>(claims);
    if (!fits) {
      if (!Pods.isPending(pod)) actions.addAll(claimsOf(pod));
      actions.add(new Action.RepairPod(PodIdentity.repaired(spec, pod)));
    }
    return new Decision(actions, Optional.empty());
  }

  private List<Action> claimsOf(Pod pod) {
    return completeClaims(new Slot(PodIdentity.ordinal(spec, pod), pod), pod);
  }

  /// Which revision a new pod gets. Pods below the partition, or in a set without one as many as
  /// are still current, come back as they were.
  private Revision revisionFor(Slot slot) {
    return revisionFor(slot.ordinal(), currentReplicas());
  }

  private Revision revisionFor(int ordinal, int currentReplicas) {
    var revisions = seen.revisions();
    return switch (spec.update()) {
      case Update.OnDelete _ -> revisions.update();
      case Update.Rolling(var partition, _) ->
          ordinal < spec.start() + partition.orElse(currentReplicas)
              ? revisions.current()
              : revisions.update();
    };
  }

  /// As the set's status has it, which is what was true before anything was replaced.
  private int currentReplicas() {
    var status = spec.set().getStatus();
    var current = status == null ? null : status.getCurrentReplicas();
    return current == null ? 0 : current;
  }

  /// A rolling update under `Parallel` replaces what is broken by itself ([RollingUpdate]).
  private Optional<Why.Stuck> stuck(Slot slot, Pod pod) {
    boolean updatedAnyway = !spec.ordered() && slot.ordinal() >= spec.updatesFrom();
    if (updatedAnyway || spec.update() instanceof Update.OnDelete) return Optional.empty();
    var revision = PodIdentity.revision(pod);
    boolean current = revision.equals(seen.revisions().current().name());
    // What would come in its place must be something else, or it would be replaced for ever.
    var next = revisionFor(slot.ordinal(), currentReplicas() - (current ? 1 : 0)).name();
    if (revision.equals(next)) return Optional.empty();
    return unstick.reason(pod, next).map(Why.Stuck::new);
  }

  private static String claimName(PersistentVolumeClaim claim) {
    return claim.getMetadata().getName();
  }
}
