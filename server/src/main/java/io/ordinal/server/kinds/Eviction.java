package io.ordinal.server.kinds;

import io.ordinal.schema.Gvk;
import io.ordinal.server.ApiException;
import io.ordinal.server.Status;
import io.ordinal.server.Status.Cause;
import io.ordinal.server.Target;
import io.ordinal.server.Verb;
import io.ordinal.server.registry.Answer;
import io.ordinal.server.registry.Call;
import io.ordinal.server.registry.DeleteOptions;
import io.ordinal.server.registry.Kind;
import io.ordinal.server.registry.LabelSelector;
import io.ordinal.server.registry.Metadata;
import io.ordinal.server.registry.Refusals;
import io.ordinal.server.registry.Registry;
import io.ordinal.server.registry.Subresource;
import io.ordinal.server.tree.Conditions;
import io.ordinal.server.tree.Tree;
import java.time.InstantSource;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// `pods/eviction`: a delete that a disruption budget may refuse (contract B8,
/// statefulset-semantics 10).
final class Eviction {
  private static final Gvk GVK = new Gvk("policy", "v1", "Eviction");
  private static final int MOST_DISRUPTED = 2000;
  private static final String REFUSED =
      "Cannot evict pod as it would violate the pod's disruption budget.";

  private final InstantSource clock;

  Eviction(InstantSource clock) {
    this.clock = clock;
  }

  Subresource subresource() {
    return Subresource.creating("eviction", GVK, this::answer);
  }

  private Answer answer(Kind pods, Call call, Registry registry) {
    var body = registry.body(call, GVK);
    var target = call.target();
    var asked = body.object().get("deleteOptions") instanceof ObjectNode o ? o : Tree.object();
    var options = DeleteOptions.of(asked);
    var dryRun = body.dryRun() || options.dryRun();
    var sent = Metadata.name(body.object());
    if (!sent.isEmpty() && !sent.equals(target.name())) {
      throw Refusals.badRequest("name in URL does not match name in Eviction object");
    }
    var pod = registry.get(pods, target.namespace(), target.name());
    var uid = Metadata.uid(pod);
    if (!options.uid().isEmpty() && !options.uid().equals(uid)) {
      // Before the budget is spent for a pod that was not meant.
      throw Refusals.uidDiffers(pods, target.name(), options.uid(), uid);
    }
    if (needsBudget(pod)) {
      spend(pod, call, registry, dryRun);
      if (!dryRun) registry.rewrite(call, pods, false, this::markDisrupted);
    }
    registry.delete(call, pods, dryRun ? options.dry() : options);
    return new Answer.One(201, Status.success(201, Status.Details.NONE).json(), body.warnings());
  }

  /// A pod that serves nobody costs no budget.
  private static boolean needsBudget(ObjectNode pod) {
    if (Metadata.isBeingDeleted(pod)) return false;
    return switch (Tree.text(pod, "status", "phase")) {
      case "Succeeded", "Failed", "Pending" -> false;
      default -> true;
    };
  }

  private ObjectNode markDisrupted(ObjectNode pod) {
    var condition =
        Tree.object("type", "DisruptionTarget")
            .put("status", "True")
            .put("reason", "EvictionByEvictionAPI")
            .put("message", "Eviction API: evicting");
    Conditions.set(Tree.make(pod, "status"), condition, Metadata.time(clock.instant()));
    return pod;
  }

  private void spend(ObjectNode pod, Call call, Registry registry, boolean dryRun) {
    var kind = registry.kinds().get("policy", "poddisruptionbudgets");
    var budgets = matching(pod, registry.objects().list(kind, Metadata.namespace(pod)));
    if (budgets.isEmpty()) return;
    if (budgets.size() > 1) {
      throw new ApiException(
          Status.internal(
              "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support."));
    }
    var budget = budgets.getFirst();
    if (isUnhealthyAndFree(pod, budget)) return;
    var name = Metadata.name(budget);
    var target =
        new Target(
            Verb.UPDATE,
            kind.group(),
            kind.gvk().version(),
            kind.resource(),
            "status",
            Metadata.namespace(pod),
            name);
    registry.rewrite(
        call.with(target), kind, dryRun, present -> spendOne(kind, present, Metadata.name(pod)));
  }

  private static List<ObjectNode> matching(ObjectNode pod, List<ObjectNode> budgets) {
    var labels = Metadata.labels(pod);
    return budgets.stream()
        .filter(budget -> Tree.has(budget, "spec", "selector"))
        .filter(budget -> LabelSelector.of(Tree.at(budget, "spec", "selector")).matches(labels))
        .toList();
  }

  /// A pod that is not ready may go when the budget says so, or when enough others are healthy.
  private static boolean isUnhealthyAndFree(ObjectNode pod, ObjectNode budget) {
    if (Conditions.isTrue(pod, "Ready")) return false;
    if (Tree.text(budget, "spec", "unhealthyPodEvictionPolicy").equals("AlwaysAllow")) return true;
    var desired = Tree.number(0, budget, "status", "desiredHealthy");
    return desired > 0 && Tree.number(0, budget, "status", "currentHealthy") >= desired;
  }

  private ObjectNode spendOne(Kind kind, ObjectNode budget, String pod) {
    var name = Metadata.name(budget);
    var status = Tree.make(budget, "status");
    var generation = Tree.number(0, budget, "metadata", "generation");
    if (Tree.number(0, status, "observedGeneration") < generation) {
      throw refused(
          "The disruption budget " + name + " is still being processed by the server.", 10);
    }
    var allowed = Tree.number(0, status, "disruptionsAllowed");
    if (allowed < 0) throw Refusals.forbidden(kind, name, "pdb disruptions allowed is negative");
    var disrupted = Tree.make(status, "disruptedPods");
    if (disrupted.size() > MOST_DISRUPTED) {
      throw Refusals.forbidden(
          kind,
          name,
          "DisruptedPods map too big - too many evictions not confirmed by PDB controller");
    }
    if (allowed == 0) {
      throw refused(
          "The disruption budget "
              + name
              + " needs "
              + Tree.number(0, status, "desiredHealthy")
              + " healthy pods and has "
              + Tree.number(0, status, "currentHealthy")
              + " currently",
          0);
    }
    status.put("disruptionsAllowed", allowed - 1);
    disrupted.put(pod, Metadata.time(clock.instant()));
    return budget;
  }

  private static ApiException refused(String why, int retryAfterSeconds) {
    var details =
        Status.Details.NONE
            .with(List.of(new Cause("DisruptionBudget", why, "")))
            .retryAfter(retryAfterSeconds);
    return new ApiException(Status.failure(429, "TooManyRequests", REFUSED, details));
  }
}
