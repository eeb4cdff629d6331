package io.ordinal.kube;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/// Adds up what the containers of a pod take: containers and sidecars together, or the hungriest
/// moment of the init containers when that is more.
///
/// @param nothing what a pod without containers takes
public record PodSum<T>(T nothing, BinaryOperator<T> plus, BinaryOperator<T> max) {

  /// @param each what one container takes
  public T of(Pod pod, Function<Container, T> each) {
    T sidecars = nothing;
    T peak = nothing;
    for (var init : pod.getSpec().getInitContainers()) {
      T own = each.apply(init);
      if ("Always".equals(init.getRestartPolicy())) {
        sidecars = plus.apply(sidecars, own);
        peak = max.apply(peak, sidecars);
      } else {
        peak = max.apply(peak, plus.apply(own, sidecars));
      }
    }
    T running = nothing;
    for (var container : pod.getSpec().getContainers()) {
      running = plus.apply(running, each.apply(container));
    }
    return max.apply(plus.apply(running, sidecars), peak);
  }
}
