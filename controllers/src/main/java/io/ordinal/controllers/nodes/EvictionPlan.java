package io.ordinal.controllers.nodes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Taint;
import io.ordinal.kube.Taints;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How long a pod may stay on a node with taints of the effect NoExecute.
sealed interface EvictionPlan {
  record Stays() implements EvictionPlan {}

  /// It goes when the taints have been there for so long; zero means now.
  record GoesAfter(Duration bearing) implements EvictionPlan {}

  static EvictionPlan of(Pod pod, List<Taint> taints) {
    Optional<Duration> shortest = Optional.empty();
    for (Taint taint : taints) {
      if (!Taints.NO_EXECUTE.equals(taint.getEffect())) {
        continue;
      }
      var bearing =
          pod.getSpec().getTolerations().stream().filter(t -> Taints.tolerates(t, taint)).toList();
      if (bearing.isEmpty()) {
        return new GoesAfter(Duration.ZERO);
      }
      Optional<Duration> limit =
          bearing.stream()
              .filter(t -> t.getTolerationSeconds() != null)
              .map(t -> Duration.ofSeconds(Math.max(0, t.getTolerationSeconds())))
              .min(Duration::compareTo);
      if (limit.isPresent() && (shortest.isEmpty() || limit.get().compareTo(shortest.get()) < 0)) {
        shortest = limit;
      }
    }
    return shortest.<EvictionPlan>map(GoesAfter::new).orElse(new Stays());
  }
}
