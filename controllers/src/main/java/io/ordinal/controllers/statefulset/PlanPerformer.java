package io.ordinal.controllers.statefulset;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.ordinal.controllers.statefulset.Plan.Action;
import io.ordinal.controllers.statefulset.Plan.Stage;
import io.ordinal.controllers.statefulset.Plan.Task;
import io.ordinal.controllers.statefulset.Plan.Why;
import io.ordinal.controllers.write.ObjectApi;
import io.ordinal.kube.ObjectKey;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Does what a plan says, and tells the set's user of it.
final class PlanPerformer {
  private static final int MOST_CONFLICTS = 5;

  /// The status after what was done, and the failure that ended the pass early.
  record Performed(SetStatus status, Optional<RuntimeException> failure) {}

  private final ObjectApi api;
  private final SetEvents events;
  private final SetSpec spec;
  private final SlowStart slowStart;

  /// How many pods of the current revision are about to be replaced.
  private final AtomicInteger replaced = new AtomicInteger();

  PlanPerformer(ObjectApi api, SetEvents events, SetSpec spec, SlowStart slowStart) {
    this.api = api;
    this.events = events;
    this.spec = spec;
    this.slowStart = slowStart;
  }

  Performed perform(Plan plan) throws InterruptedException {
    var failure = Optional.<RuntimeException>empty();
    for (var stage : plan.stages()) {
      failure = perform(stage, plan.status().currentRevision());
      if (failure.isPresent()) break;
    }
    var status = plan.status();
    for (int i = 0; i < replaced.get(); i++) status = status.oneCurrentLess();
    return new Performed(status, failure);
  }

  private Optional<RuntimeException> perform(Stage stage, String current)
      throws InterruptedException {
    List<Runnable> tasks =
        stage.tasks().stream().<Runnable>map(task -> () -> perform(task, current)).toList();
    if (stage.together()) return slowStart.run(tasks);
    try {
      tasks.forEach(Runnable::run);
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of(e);
    }
  }

  private void perform(Task task, String current) {
    for (var action : task.actions()) {
      switch (action) {
        case Action.CreateClaim(var claim, var pod) -> createClaim(claim, pod);
        case Action.OwnClaim(var claim) -> ownClaim(claim);
        case Action.CreatePod(var pod) -> createPod(pod);
        case Action.RepairPod(var pod) -> repairPod(pod);
        case Action.DeletePod(var pod, var why) -> deletePod(pod, why, current);
        case Action.Refuse(var pod, var problem, var creating) -> refuse(pod, problem, creating);
        case Action.WarnOfForeignOwner(var claim) -> events.foreignOwner(claim);
      }
    }
  }

  private void createClaim(PersistentVolumeClaim claim, String pod) {
    var name = claim.getMetadata().getName();
    try {
      api.create(claim);
    } catch (KubernetesClientException e) {
      // A cache that is late: the claim is there, which is all that is wanted.
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT && exists(claim, pod)) return;
      events.claimNotCreated(name, pod, e);
      events.podNot("create", pod, e);
      throw e;
    }
    events.claimCreated(name, pod);
  }

  private boolean exists(PersistentVolumeClaim claim, String pod) {
    try {
      return api.find(PersistentVolumeClaim.class, ObjectKey.of(claim)).isPresent();
    } catch (KubernetesClientException e) {
      events.claimNotCreated(claim.getMetadata().getName(), pod, e);
      events.podNot("create", pod, e);
      throw e;
    }
  }

  /// A claim that has gone in the meantime needs no owner.
  private void ownClaim(PersistentVolumeClaim claim) {
    try {
      api.replaceOwners(claim, claim.getMetadata().getOwnerReferences());
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) throw e;
    }
  }

  /// A pod of that name that exists is no news to the user: it belongs to somebody else, or a cache
  /// is late. Either way the set tries again.
  private void createPod(Pod pod) {
    var name = pod.getMetadata().getName();
    try {
      api.create(pod);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) events.podNot("create", name, e);
      throw e;
    }
    events.pod("create", name);
  }

  private void repairPod(Pod repaired) {
    var name = repaired.getMetadata().getName();
    try {
      replaceLatest(repaired);
    } catch (KubernetesClientException e) {
      events.podNot("update", name, e);
      throw e;
    }
    events.pod("update", name);
  }

  private void replaceLatest(Pod repaired) {
    var latest = repaired;
    for (int conflicts = 0; ; conflicts++) {
      try {
        api.replace(latest);
        return;
      } catch (KubernetesClientException e) {
        boolean conflict = e.getCode() == HttpURLConnection.HTTP_CONFLICT;
        if (!conflict || conflicts == MOST_CONFLICTS) throw e;
        var live = api.find(Pod.class, ObjectKey.of(repaired)).orElseThrow(() -> e);
        latest = PodIdentity.repaired(spec, live);
      }
    }
  }

  private void deletePod(Pod pod, Why why, String current) {
    var name = pod.getMetadata().getName();
    if (why instanceof Why.Stuck(var problem)) events.replacesStuck(name, problem);
    try {
      api.delete(pod);
    } catch (KubernetesClientException e) {
      events.podNot("delete", name, e);
      throw e;
    }
    events.pod("delete", name);
    boolean willBeReplaced = why instanceof Why.Outdated || why instanceof Why.Stuck;
    if (willBeReplaced && PodIdentity.revision(pod).equals(current)) replaced.incrementAndGet();
  }

  private void refuse(String pod, String problem, boolean creating) {
    var failure = new KubernetesClientException(problem);
    if (creating) events.podNot("create", pod, failure);
    throw failure;
  }
}
