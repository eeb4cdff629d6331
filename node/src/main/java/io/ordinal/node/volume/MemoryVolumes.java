package io.ordinal.node.volume;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigInteger;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Volumes of medium Memory (contract M7): what is in them counts as the pod's memory, so they are
/// no larger than their own limit and the pod's.
final class MemoryVolumes {
  private MemoryVolumes() {}

  /// How large it may get, empty when nothing limits it.
  static Optional<BigInteger> size(EmptyDirVolumeSource volume, Pod pod) {
    return Stream.concat(bytes(volume.getSizeLimit()).stream(), podLimit(pod).stream())
        .min(BigInteger::compareTo);
  }

  /// A pod is limited when all its containers are.
  private static Optional<BigInteger> podLimit(Pod pod) {
    var limits = pod.getSpec().getContainers().stream().map(MemoryVolumes::limit).toList();
    return limits.isEmpty() || limits.stream().anyMatch(Optional::isEmpty)
        ? Optional.empty()
        : Optional.of(
            limits.stream().flatMap(Optional::stream).reduce(BigInteger.ZERO, BigInteger::add));
  }

  private static Optional<BigInteger> limit(Container container) {
    var resources = container.getResources();
    return resources == null || resources.getLimits() == null
        ? Optional.empty()
        : bytes(resources.getLimits().get("memory"));
  }

  private static Optional<BigInteger> bytes(@Nullable Quantity quantity) {
    return Optional.ofNullable(quantity)
        .map(q -> q.getNumericalAmount().toBigInteger())
        .filter(bytes -> bytes.signum() > 0);
  }
}
