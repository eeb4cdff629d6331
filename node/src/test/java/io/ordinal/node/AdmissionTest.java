package io.ordinal.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.ordinal.node.pod.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a node refuses although somebody bound it there, by contract M1.
class AdmissionTest {
  private static final Node NODE =
      new NodeBuilder()
          .withNewMetadata()
          .withName("node-1")
          .addToLabels("disk", "ssd")
          .endMetadata()
          .withNewSpec()
          .addNewTaint("NoExecute", "gpu", null, "only")
          .endSpec()
          .build();

  private static PodBuilder tolerant() {
    return new PodBuilder()
        .withNewMetadata()
        .withName("p")
        .endMetadata()
        .withNewSpec()
        .addNewToleration()
        .withKey("gpu")
        .withOperator("Exists")
        .endToleration()
        .endSpec();
  }

  private static List<String> reasons(Pod pod) {
    return Admission.refuse(pod, NODE, List.of()).map(Failure::reason).stream().toList();
  }

  private static Pod wantingDisk(String disk) {
    return tolerant()
        .editSpec()
        .withNewAffinity()
        .withNewNodeAffinity()
        .withNewRequiredDuringSchedulingIgnoredDuringExecution()
        .addNewNodeSelectorTerm()
        .addNewMatchExpression()
        .withKey("disk")
        .withOperator("In")
        .withValues(disk)
        .endMatchExpression()
        .endNodeSelectorTerm()
        .endRequiredDuringSchedulingIgnoredDuringExecution()
        .endNodeAffinity()
        .endAffinity()
        .endSpec()
        .build();
  }

  @Test
  void requiredNodeAffinityIsHeeded() {
    assertThat(reasons(wantingDisk("ssd"))).isEmpty();
    assertThat(reasons(wantingDisk("tape"))).containsExactly("NodeAffinity");
  }

  @Test
  void theNodeSelectorIsHeeded() {
    var pod = tolerant().editSpec().addToNodeSelector("disk", "tape").endSpec().build();
    assertThat(reasons(pod)).containsExactly("NodeAffinity");
  }

  @Test
  void taintsAreHeeded() {
    assertThat(reasons(tolerant().build())).isEmpty();
    var other = tolerant().editSpec().withTolerations().endSpec().build();
    assertThat(reasons(other)).containsExactly("TaintToleration");
  }
}
