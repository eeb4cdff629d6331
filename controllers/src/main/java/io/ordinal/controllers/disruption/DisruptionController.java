package io.ordinal.controllers.disruption;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v1.Scale;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.ordinal.controllers.context.ControllerContext;
import io.ordinal.kube.Events;
import io.ordinal.kube.Informer;
import io.ordinal.kube.LabelSelectors;
import io.ordinal.kube.ObjectKey;
import io.ordinal.kube.Outcome;
import io.ordinal.kube.OwnerRefs;
import io.ordinal.kube.Pods;
import io.ordinal.kube.WorkQueue;
import io.ordinal.kube.Writer;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keeps the status of budgets true: eviction decides by it, and nothing else does.
public final class DisruptionController {
  private final KubernetesClient client;
  private final Writer writer;
  private final Events events;
  private final Clock wall;
  private final Clock steady;
  private final Informer<PodDisruptionBudget> budgets;
  private final Informer<Pod> pods;
  private final Informer<StatefulSet> sets;
  private final WorkQueue<ObjectKey> queue;

  /// Adds the controller to the context's.
  public DisruptionController(ControllerContext context) {
    client = context.client("disruption-controller");
    writer = new Writer(client);
    events = context.events("controllermanager", client);
    wall = context.wall();
    steady = context.steady();
    budgets = context.informer(PodDisruptionBudget.class);
    pods = context.informer(Pod.class);
    sets = context.informer(StatefulSet.class);
    queue = context.controller("disruption", this::reconcile, 1);
    budgets.onChange((_, after) -> {
      if (after != null) {
        queue.add(ObjectKey.of(after));
      }
    });
    pods.onChange(this::podChanged);
    sets.onChange(this::setChanged);
  }

  private void podChanged(@Nullable Pod before, @Nullable Pod after) {
    if (before != null && after != null && countsTheSame(before, after)) {
      return;
    }
    Pod pod = Objects.requireNonNull(after == null ? before : after);
    for (PodDisruptionBudget budget : budgets.list(pod.getMetadata().getNamespace())) {
      if ((before != null && chooses(budget, before))
          || (after != null && chooses(budget, after))) {
        queue.add(ObjectKey.of(budget));
      }
    }
  }

  private static boolean countsTheSame(Pod a, Pod b) {
    return Pods.isReady(a) == Pods.isReady(b)
        && Pods.isTerminating(a) == Pods.isTerminating(b)
        && a.getMetadata().getUid().equals(b.getMetadata().getUid())
        && a.getMetadata().getLabels().equals(b.getMetadata().getLabels());
  }

  private static boolean chooses(PodDisruptionBudget budget, Pod pod) {
    return LabelSelectors.matches(budget.getSpec().getSelector(), pod.getMetadata().getLabels());
  }

  private void setChanged(@Nullable StatefulSet before, @Nullable StatefulSet after) {
    if (before != null
        && after != null
        && Objects.equals(before.getSpec().getReplicas(), after.getSpec().getReplicas())) {
      return;
    }
    StatefulSet set = Objects.requireNonNull(after == null ? before : after);
    budgets.list(set.getMetadata().getNamespace()).forEach(b -> queue.add(ObjectKey.of(b)));
  }

  private Outcome reconcile(ObjectKey key) {
    var found = budgets.get(key);
    if (found.isEmpty()) {
      return Outcome.DONE;
    }
    PodDisruptionBudget budget = found.get();
    List<Pod> chosen = pods.list(key.namespace()).stream().filter(p -> chooses(budget, p)).toList();
    if (chosen.isEmpty()) {
      events.normal(budget, "NoPods", "No matching pods found");
    }
    try {
      var plan = BudgetPlan.of(budget, chosen, scale(budget, chosen), wall.instant());
      write(budget, plan.status());
      return plan.lookAgain()
          .<Outcome>map(wait -> new Outcome.LookAgainAt(steady.instant().plus(wait)))
          .orElse(Outcome.DONE);
    } catch (NoScale e) {
      events.warning(
          budget,
          "CalculateExpectedPodCountFailed",
          "Failed to calculate the number of expected pods: " + e.getMessage());
      write(budget, BudgetPlan.failed(budget, String.valueOf(e.getMessage()), wall.instant()));
      return Outcome.DONE;
    }
  }

  private void write(PodDisruptionBudget budget, PodDisruptionBudgetStatus status) {
    if (!status.equals(budget.getStatus())) {
      writer.replaceStatus(new PodDisruptionBudgetBuilder(budget).withStatus(status).build());
    }
  }

  /// An owner whose scale nobody knows.
  private static final class NoScale extends Exception {
    private static final long serialVersionUID = 1L;

    NoScale(String message) {
      super(message);
    }
  }

  private int scale(PodDisruptionBudget budget, List<Pod> chosen) throws NoScale {
    if (!BudgetPlan.needsScale(budget)) {
      return 0;
    }
    Map<String, OwnerReference> owners = new LinkedHashMap<>();
    boolean unmanaged = false;
    for (Pod pod : chosen) {
      var owner = OwnerRefs.controllerOf(pod);
      owner.ifPresent(o -> owners.putIfAbsent(o.getUid(), o));
      unmanaged |= owner.isEmpty();
    }
    if (unmanaged) {
      events.warning(
          budget,
          "UnmanagedPods",
          "Pods selected by this PodDisruptionBudget (selector: %s) were found to be unmanaged. As a result, the status of the PDB cannot be calculated correctly, which may result in undefined behavior. To account for these pods please set \".spec.minAvailable\" field of the PDB to an integer value."
              .formatted(LabelSelectors.format(budget.getSpec().getSelector())));
    }
    int sum = 0;
    for (OwnerReference owner : owners.values()) {
      sum += scaleOf(owner, budget.getMetadata().getNamespace());
    }
    return sum;
  }

  private int scaleOf(OwnerReference owner, String namespace) throws NoScale {
    if (owner.getKind().equals("StatefulSet") && owner.getApiVersion().startsWith("apps/")) {
      return sets.get(new ObjectKey(namespace, owner.getName()))
          .filter(s -> s.getMetadata().getUid().equals(owner.getUid()))
          .map(s -> Objects.requireNonNullElse(s.getSpec().getReplicas(), 1))
          .orElse(0);
    }
    return askedScale(owner, namespace)
        .orElseThrow(() ->
            new NoScale(
                "%s.%s does not implement the scale subresource"
                    .formatted(plural(owner), owner.getApiVersion().replaceFirst("/.*", ""))));
  }

  /// Anything that can be scaled says at its scale subresource how many pods it wants.
  private Optional<Integer> askedScale(OwnerReference owner, String namespace) {
    String root = owner.getApiVersion().contains("/") ? "/apis/" : "/api/";
    String body =
        client.raw(
            "%s%s/namespaces/%s/%s/%s/scale"
                .formatted(root, owner.getApiVersion(), namespace, plural(owner), owner.getName()));
    return Optional.ofNullable(body)
        .map(b -> client.getKubernetesSerialization().unmarshal(b, Scale.class))
        .map(s -> s.getSpec() == null ? null : s.getSpec().getReplicas());
  }

  private static String plural(OwnerReference owner) {
    return owner.getKind().toLowerCase(Locale.ROOT) + "s";
  }
}
