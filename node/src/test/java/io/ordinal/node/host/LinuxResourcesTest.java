package io.ordinal.node.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The formulas of contract M12.
class LinuxResourcesTest {
  private static final long CAPACITY = 1L << 30;

  @ParameterizedTest
  @CsvSource({"0, 2", "1, 2", "100, 102", "1000, 1024", "2500, 2560", "1000000, 262144"})
  void aRequestIsAWeight(long milli, long shares) {
    assertThat(LinuxResources.shares(milli)).isEqualTo(shares);
  }

  @ParameterizedTest
  @CsvSource({"0, -1", "1, 1000", "100, 10000", "1500, 150000"})
  void aLimitIsTimePerPeriod(long milli, long quota) {
    assertThat(LinuxResources.quota(milli)).isEqualTo(quota);
  }

  private static int score(Map<String, Quantity> requests, Map<String, Quantity> limits) {
    Container container =
        new ContainerBuilder()
            .withName("c")
            .withNewResources()
            .withRequests(requests)
            .withLimits(limits)
            .endResources()
            .build();
    var pod = new PodBuilder().withNewSpec().withContainers(container).endSpec().build();
    return LinuxResources.oomScoreAdj(pod, container, CAPACITY);
  }

  @Test
  void theKernelKillsBestEffortFirstAndGuaranteedLast() {
    var all = Map.of("cpu", new Quantity("1"), "memory", new Quantity("256Mi"));
    assertThat(score(all, all)).isEqualTo(-997);
    assertThat(score(Map.of(), Map.of())).isEqualTo(1000);
    assertThat(score(Map.of("memory", new Quantity("256Mi")), Map.of())).isEqualTo(750);
    assertThat(score(Map.of("memory", new Quantity("2Gi")), Map.of())).isEqualTo(3);
    assertThat(score(Map.of("cpu", new Quantity("1m")), Map.of())).isEqualTo(999);
  }
}
