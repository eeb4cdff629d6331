package io.ordinal.controllers.quota;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.ordinal.kube.PodSum;
import io.ordinal.kube.Pods;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/// What a pod uses of a quota: its own number, and all that its containers ask for. One that has
/// ended uses nothing but its entry, and neither does one that should be gone by now.
final class PodUsage {
  private static final Set<String> COMPUTED = Set.of("cpu", "memory", "ephemeral-storage");

  private static final PodSum<Map<String, Amount>> SUM =
      new PodSum<>(
          Map.of(), (a, b) -> merged(a, b, Amount::plus), (a, b) -> merged(a, b, Amount::max));

  private PodUsage() {}

  private enum Side {
    REQUESTS,
    LIMITS;

    Map<String, Amount> of(@Nullable ResourceRequirements resources) {
      if (resources == null) {
        return Map.of();
      }
      return amounts(
          switch (this) {
            case REQUESTS -> resources.getRequests();
            case LIMITS -> resources.getLimits();
          });
    }
  }

  static void add(Pod pod, Instant now, Usage usage) {
    usage.add("count/pods", Amount.ONE);
    if (Pods.isTerminal(pod) || end(pod).filter(now::isAfter).isPresent()) {
      return;
    }
    usage.add("pods", Amount.ONE);
    sum(pod, Side.REQUESTS)
        .forEach((name, amount) -> {
          boolean ownName = COMPUTED.contains(name) || name.startsWith("hugepages-");
          if (ownName) {
            usage.add(name, amount);
          }
          if (ownName || isExtended(name)) {
            usage.add("requests." + name, amount);
          }
        });
    sum(pod, Side.LIMITS)
        .forEach((name, amount) -> {
          if (COMPUTED.contains(name)) {
            usage.add("limits." + name, amount);
          }
        });
  }

  private static boolean isExtended(String name) {
    return name.contains("/") && !name.contains("kubernetes.io/");
  }

  /// When a pod that is being deleted stops to count, should it still be there: its node is lost.
  static Optional<Instant> end(Pod pod) {
    String deleted = pod.getMetadata().getDeletionTimestamp();
    Long grace = pod.getMetadata().getDeletionGracePeriodSeconds();
    return deleted == null || grace == null || Pods.isTerminal(pod)
        ? Optional.empty()
        : Optional.of(OffsetDateTime.parse(deleted).toInstant().plusSeconds(grace));
  }

  /// The sum of the containers; what the pod says of itself as a whole stands above it.
  private static Map<String, Amount> sum(Pod pod, Side side) {
    Map<String, Amount> running = new TreeMap<>(SUM.of(pod, c -> side.of(c.getResources())));
    side.of(pod.getSpec().getResources())
        .forEach((name, amount) -> {
          if (name.equals("cpu") || name.equals("memory") || name.startsWith("hugepages-")) {
            running.put(name, amount);
          }
        });
    amounts(pod.getSpec().getOverhead())
        .forEach((name, amount) -> {
          if (side == Side.REQUESTS || running.containsKey(name)) {
            running.merge(name, amount, Amount::plus);
          }
        });
    return running;
  }

  private static Map<String, Amount> amounts(@Nullable Map<String, Quantity> quantities) {
    Map<String, Amount> amounts = new TreeMap<>();
    if (quantities != null) {
      quantities.forEach((name, quantity) -> amounts.put(name, Amount.of(quantity)));
    }
    return amounts;
  }

  private static Map<String, Amount> merged(
      Map<String, Amount> some, Map<String, Amount> more, BinaryOperator<Amount> by) {
    Map<String, Amount> all = new TreeMap<>(some);
    more.forEach((name, amount) -> all.merge(name, amount, by));
    return all;
  }
}
