package io.ordinal.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class PodSumTest {
  private static final PodSum<Integer> SUM = new PodSum<>(0, Integer::sum, Math::max);

  @Test
  void aPodWithoutContainersTakesNothing() {
    assertThat(sum(List.of())).isZero();
  }

  @Test
  void containersAndSidecarsRunTogether() {
    assertThat(sum(List.of(sidecar(1), sidecar(2)), container(3), container(4))).isEqualTo(10);
  }

  @Test
  void initContainersRunOneByOneBesideTheSidecarsBeforeThem() {
    assertThat(sum(List.of(container(5), container(6)), container(1))).isEqualTo(6);
    assertThat(sum(List.of(container(6), sidecar(2)), container(1))).isEqualTo(6);
    assertThat(sum(List.of(sidecar(2), container(6)), container(1))).isEqualTo(8);
    assertThat(sum(List.of(sidecar(2), container(6)), container(7))).isEqualTo(9);
  }

  private static int sum(List<Container> init, Container... containers) {
    var pod =
        new PodBuilder()
            .withNewSpec()
            .withInitContainers(init)
            .withContainers(containers)
            .endSpec()
            .build();
    return SUM.of(pod, container -> Integer.parseInt(container.getName()));
  }

  /// One whose name says what it takes.
  private static Container container(int takes) {
    return new ContainerBuilder().withName(Integer.toString(takes)).build();
  }

  private static Container sidecar(int takes) {
    return new ContainerBuilder(container(takes)).withRestartPolicy("Always").build();
  }
}
