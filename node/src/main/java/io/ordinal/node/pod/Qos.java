package io.ordinal.node.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A pod's quality of service class, from its containers' requests and limits (contract M12).
public enum Qos {
  /// Every container has equal requests and limits for CPU and memory.
  Guaranteed,
  /// Something is asked for.
  Burstable,
  /// Nothing is asked for.
  BestEffort;

  private static final List<String> COUNTED = List.of("cpu", "memory");

  /// The class of a pod.
  public static Qos of(Pod pod) {
    var all =
        Stream.concat(
                pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream())
            .toList();
    if (all.stream().allMatch(container -> nothing(container))) {
      return BestEffort;
    }
    return all.stream().allMatch(Qos::guaranteed) ? Guaranteed : Burstable;
  }

  private static boolean nothing(Container container) {
    return COUNTED.stream()
        .allMatch(name -> isZero(requests(container), name) && isZero(limits(container), name));
  }

  private static boolean guaranteed(Container container) {
    return COUNTED.stream()
        .allMatch(name ->
            !isZero(limits(container), name)
                && (isZero(requests(container), name)
                    || amount(requests(container), name).compareTo(amount(limits(container), name))
                        == 0));
  }

  static Map<String, Quantity> requests(Container container) {
    var resources = container.getResources();
    return resources == null || resources.getRequests() == null
        ? Map.of()
        : resources.getRequests();
  }

  static Map<String, Quantity> limits(Container container) {
    var resources = container.getResources();
    return resources == null || resources.getLimits() == null ? Map.of() : resources.getLimits();
  }

  private static boolean isZero(Map<String, Quantity> amounts, String name) {
    return !amounts.containsKey(name) || amount(amounts, name).signum() == 0;
  }

  private static BigDecimal amount(Map<String, Quantity> amounts, String name) {
    var quantity = amounts.get(name);
    return quantity == null ? BigDecimal.ZERO : quantity.getNumericalAmount();
  }
}
