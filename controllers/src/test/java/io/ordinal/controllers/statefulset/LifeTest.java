package io.ordinal.controllers.statefulset;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.ordinal.kube.OwnerRefs;
import io.ordinal.kube.Pods;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The lines I02–I09 of the behaviour checklist (I01 is the API server's), as a set lives through
/// them.
class LifeTest {
  private final SetWorld it = new SetWorld();

  @Test
  void i02ReplicasAreFollowedAndGenerationsObserved() {
    it.create(Sets.web(2));
    for (int replicas : List.of(2, 3, 0, 2)) {
      it.scale(replicas);
      it.settle();
      assertThat(it.pods()).hasSize(replicas);
      assertThat(it.status().getReplicas()).isEqualTo(replicas);
    }
    long before = it.set().getMetadata().getGeneration();
    it.editSpec(spec ->
        spec.editTemplate().editMetadata().addToAnnotations("a", "b").endMetadata().endTemplate());
    it.settle();
    assertThat(it.status().getObservedGeneration()).isEqualTo(before + 1);
  }

  @Test
  void i03APodHeldByAFinalizerStaysAndIsNotDoubledWhileOthersAreReplaced() {
    it.create(Sets.web(new Sets.Mode("Parallel", null), 3));
    it.settle();
    var uids = it.pods().stream().map(World::uid).toList();
    it.world.edit(
        it.pod(0),
        p ->
            new PodBuilder(p)
                .editMetadata()
                .withFinalizers("example.com/hold")
                .endMetadata()
                .build());
    it.world.remove(it.pod(0));
    it.node.phase(it.pod(1), "Failed");
    it.node.phase(it.pod(2), "Succeeded");
    it.settle();
    assertThat(World.uid(it.pod(0))).isEqualTo(uids.get(0));
    assertThat(World.uid(it.pod(1))).isNotEqualTo(uids.get(1));
    assertThat(World.uid(it.pod(2))).isNotEqualTo(uids.get(2));
    it.world.edit(
        it.pod(0), p -> new PodBuilder(p).editMetadata().withFinalizers().endMetadata().build());
    it.settle();
    assertThat(World.uid(it.pod(0))).isNotEqualTo(uids.get(0));
    assertThat(it.status().getReadyReplicas()).isEqualTo(3);
  }

  @Test
  void i04ReadyAndAvailableAreCountedApart() {
    it.create(Sets.web(new Sets.Mode("Parallel", null), 4));
    it.editSpec(spec -> spec.withMinReadySeconds(3600));
    it.sync();
    for (int ordinal : List.of(0, 1)) ready(ordinal);
    it.clock.turn(Duration.ofHours(2));
    ready(2);
    it.sync();
    assertThat(it.status().getReadyReplicas()).isEqualTo(3);
    assertThat(it.status().getAvailableReplicas()).isEqualTo(2);
  }

  @Test
  void i05TheStatusIsWrittenAlsoWhenPodsAreRefused() {
    Fault.times(1000, it.world, "create", Pod.class, 403);
    it.create(Sets.web(3));
    it.pass();
    assertThat(it.status().getObservedGeneration()).isEqualTo(1);
    assertThat(it.status().getReplicas()).isZero();
  }

  @ParameterizedTest
  @MethodSource("io.ordinal.controllers.statefulset.Sets#modes")
  void i06ClaimsHaveTheOwnersOfThePolicyAfterCreationAndScaleDown(Sets.Mode mode) {
    it.create(Sets.web(mode, 3));
    it.settle();
    boolean owned = mode.retention() != null && mode.retention().whenDeleted().equals("Delete");
    boolean collected = mode.retention() != null && mode.retention().whenScaled().equals("Delete");
    assertThat(it.world.all(PersistentVolumeClaim.class))
        .hasSize(3)
        .allMatch(claim -> OwnerRefs.isControlledBy(claim, it.set()) == owned);
    it.scale(1);
    it.settle();
    assertThat(it.world.all(PersistentVolumeClaim.class)).hasSize(collected ? 1 : 3);
  }

  @ParameterizedTest
  @CsvSource({"OrderedReady", "Parallel"})
  void i07BelowThePartitionAPodComesBackAsItWas(String policy) {
    it.create(Sets.web(new Sets.Mode(policy, null), 3));
    it.editSpec(spec ->
        spec.editUpdateStrategy()
            .withNewRollingUpdate()
            .withPartition(2)
            .endRollingUpdate()
            .endUpdateStrategy());
    it.settle();
    it.image(Sets.NEW);
    it.world.remove(it.pod(0));
    it.settle();
    assertThat(it.pods().stream().map(Sets::image)).containsExactly(Sets.OLD, Sets.OLD, Sets.NEW);
  }

  @ParameterizedTest
  @CsvSource({"-1,0", "0,0", "4,4", "2,2"})
  void i08OrdinalsBeginWhereTheyAreTold(int start, int first) {
    it.create(Sets.web(3));
    if (start >= 0) it.editSpec(spec -> spec.withNewOrdinals().withStart(start).endOrdinals());
    it.settle();
    assertThat(it.pods().stream().map(Sets::ordinal)).containsExactly(first, first + 1, first + 2);
    it.scale(1);
    it.settle();
    assertThat(it.pods().stream().map(Sets::ordinal)).containsExactly(first);
  }

  @Test
  void i08AnEmptyOrdinalsBlockMeansZero() {
    it.create(Sets.web(1));
    it.editSpec(spec -> spec.withNewOrdinals().endOrdinals());
    it.settle();
    assertThat(it.podNames()).isEqualTo("web-0");
  }

  @ParameterizedTest
  @CsvSource(value = {"nginx,nginx", "'',''"})
  void i09ThePodsSubdomainIsTheServiceName(String service, String subdomain) {
    var set = Sets.web(1);
    set.getSpec().setServiceName(service);
    it.create(set);
    it.settle();
    assertThat(it.pod(0).getSpec().getSubdomain()).isEqualTo(subdomain);
  }

  /// An upstream set that nobody touched since: its pods, claims and revision are taken over as
  /// they are.
  @Test
  void deletedWithoutItsPodsAndMadeAgainASetAdoptsThem() {
    it.create(Sets.web(3));
    it.settle();
    var uids = it.pods().stream().map(World::uid).toList();
    var old = it.set();
    it.pods().forEach(pod -> it.world.edit(pod, LifeTest::orphaned));
    it.revisions().forEach(r -> it.world.edit(r, LifeTest::orphaned));
    it.world.vanish(old);
    it.sync();
    it.create(Sets.web(3));
    it.settle();
    assertThat(it.pods().stream().map(World::uid)).isEqualTo(uids);
    assertThat(it.revisions()).hasSize(1);
    assertThat(it.status().getReadyReplicas()).isEqualTo(3);
  }

  private static Pod orphaned(Pod pod) {
    return new PodBuilder(pod).editMetadata().withOwnerReferences().endMetadata().build();
  }

  private static io.fabric8.kubernetes.api.model.apps.ControllerRevision orphaned(
      io.fabric8.kubernetes.api.model.apps.ControllerRevision revision) {
    return new io.fabric8.kubernetes.api.model.apps.ControllerRevisionBuilder(revision)
        .editMetadata()
        .withOwnerReferences()
        .endMetadata()
        .build();
  }

  private void ready(int ordinal) {
    for (int i = 0; i < 5 && !Pods.isReady(it.pod(ordinal)); i++) it.node.step(it.pod(ordinal));
    it.sync();
  }
}
