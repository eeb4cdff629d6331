package io.ordinal.node.volume;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// How large a volume in memory may get, by contract M7.
class MemoryVolumesTest {

  private static Pod pod(String... limits) {
    var containers =
        Stream.of(limits)
            .map(limit ->
                new ContainerBuilder()
                    .withNewResources()
                    .withLimits(limit.isEmpty() ? Map.of() : Map.of("memory", new Quantity(limit)))
                    .endResources()
                    .build())
            .toList();
    return new PodBuilder().withNewSpec().withContainers(containers).endSpec().build();
  }

  private static List<Long> size(@Nullable String limit, Pod pod) {
    var volume =
        new EmptyDirVolumeSource("Memory", null, limit == null ? null : new Quantity(limit));
    return MemoryVolumes.size(volume, pod).map(BigInteger::longValueExact).stream().toList();
  }

  @Test
  void itIsNoLargerThanItsOwnLimitAndThePods() {
    assertThat(size("1Mi", pod("2Mi", "3Mi"))).containsExactly(1L << 20);
    assertThat(size("9Mi", pod("2Mi", "3Mi"))).containsExactly(5L << 20);
    assertThat(size(null, pod("2Mi"))).containsExactly(2L << 20);
  }

  @Test
  void aContainerWithoutLimitLeavesThePodWithoutOne() {
    assertThat(size("9Mi", pod("2Mi", ""))).containsExactly(9L << 20);
    assertThat(size(null, pod("2Mi", ""))).isEmpty();
  }
}
