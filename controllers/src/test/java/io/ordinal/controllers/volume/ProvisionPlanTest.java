package io.ordinal.controllers.volume;

import static io.ordinal.controllers.manifests.Manifests.claim;
import static io.ordinal.controllers.manifests.Manifests.node;
import static io.ordinal.controllers.manifests.Manifests.storageClass;
import static io.ordinal.controllers.manifests.Manifests.volume;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProvisionPlanTest {
  private static final StorageClass WAITS =
      storageClass("slow", "ordinal.io/local", "WaitForFirstConsumer");
  private static final StorageClass NOW = storageClass("now", "ordinal.io/local", "Immediate");
  private static final String SELECTED = "annotations: {volume.kubernetes.io/selected-node: %s}";

  private static ProvisionPlan plan(
      PersistentVolumeClaim claim, StorageClass storageClass, Node... nodes) {
    return ProvisionPlan.of(
        new ProvisionPlan.Observed(
            claim,
            Optional.of(storageClass),
            Optional.empty(),
            false,
            List.of(nodes),
            Map.of("n1", 2L, "n2", 1L)));
  }

  @Test
  void theSelectedNodeGetsTheVolume() {
    assertThat(plan(claim("data", SELECTED.formatted("n1"), ""), WAITS, node("n1"), node("n2")))
        .isEqualTo(new ProvisionPlan.Make(WAITS, node("n1")));
  }

  @Test
  void untilANodeIsSelectedThereIsNothingToDo() {
    assertThat(plan(claim("data", "", ""), WAITS, node("n1")))
        .isEqualTo(new ProvisionPlan.Nothing());
  }

  @Test
  void aSelectedNodeThatIsGoneIsForgotten() {
    assertThat(plan(claim("data", SELECTED.formatted("gone"), ""), WAITS, node("n1")))
        .isEqualTo(new ProvisionPlan.ForgetNode());
  }

  @Test
  void anImmediateVolumeGoesWhereTheFewestAre() {
    assertThat(plan(claim("data", "", ""), NOW, node("n1"), node("n2")))
        .isEqualTo(new ProvisionPlan.Make(NOW, node("n2")));
    assertThat(plan(claim("data", "", ""), NOW, node("n1"), node("n2", "", "unschedulable: true")))
        .isEqualTo(new ProvisionPlan.Make(NOW, node("n1")));
  }

  @Test
  void classesOfOthersAreLeftToThem() {
    assertThat(
            plan(
                claim("data", "", ""), storageClass("x", "example.com/x", "Immediate"), node("n1")))
        .isEqualTo(new ProvisionPlan.Nothing());
  }

  @Test
  void whatADirectoryCannotBeIsRefused() {
    assertThat(plan(claim("data", "", "volumeMode: Block"), NOW, node("n1")))
        .isInstanceOf(ProvisionPlan.Refuse.class);
    assertThat(plan(claim("data", "", "selector: {matchLabels: {a: b}}"), NOW, node("n1")))
        .isInstanceOf(ProvisionPlan.Refuse.class);
  }

  @Test
  void aGrownRequestGrowsTheVolume() {
    StorageClass growing = storageClass("now", "ordinal.io/local", "Immediate");
    growing.setAllowVolumeExpansion(true);
    PersistentVolume made =
        volume(
            "pv",
            "annotations: {pv.kubernetes.io/provisioned-by: ordinal.io/local}",
            "capacity: {storage: 5Gi}, claimRef: {namespace: default, name: data, uid: data-uid}",
            "Bound");
    var seen =
        new ProvisionPlan.Observed(
            claim("data", "", "volumeName: pv"),
            Optional.of(growing),
            Optional.of(made),
            true,
            List.of(),
            Map.of());
    assertThat(ProvisionPlan.of(seen)).isInstanceOf(ProvisionPlan.Grow.class);
  }
}
