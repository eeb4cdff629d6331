package io.ordinal.controllers.statefulset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.Test;

/// The line U09 of the behaviour checklist.
class StatusWriterTest {
  private final SetWorld it = new SetWorld();
  private final StatusWriter writer = new StatusWriter(it.world);
  private final StatefulSet set = it.create(Sets.web(3));

  @Test
  void u09WritesWhatIsNewWithItsGeneration() {
    writer.write(SetSpec.of(set), status(2));
    assertThat(it.status().getReplicas()).isEqualTo(2);
    assertThat(it.status().getObservedGeneration()).isEqualTo(7);
    assertThat(it.status().getCollisionCount()).isZero();
  }

  @Test
  void u09WritesNothingWhenNothingIsNew() {
    writer.write(SetSpec.of(set), status(2));
    it.world.gate((_, _) -> {
      throw new AssertionError("written");
    });
    writer.write(SetSpec.of(it.set()), status(2));
  }

  @Test
  void u09AFailureIsAFailure() {
    Fault.once(it.world, "status", StatefulSet.class, 500);
    assertThatThrownBy(() -> writer.write(SetSpec.of(set), status(2)))
        .isInstanceOf(KubernetesClientException.class);
  }

  @Test
  void u09AConflictIsResolvedOnWhatIsThereNow() {
    it.world.edit(
        set,
        s -> new StatefulSetBuilder(s).editMetadata().addToLabels("a", "b").endMetadata().build());
    writer.write(SetSpec.of(set), status(2));
    assertThat(it.status().getReplicas()).isEqualTo(2);
    assertThat(it.set().getMetadata().getLabels()).containsEntry("a", "b");
  }

  @Test
  void u09ConflictsWithoutEndAreAFailure() {
    Fault.times(100, it.world, "status", StatefulSet.class, 409);
    assertThatThrownBy(() -> writer.write(SetSpec.of(set), status(2)))
        .isInstanceOf(KubernetesClientException.class);
  }

  private static SetStatus status(int replicas) {
    return new SetStatus(7, new PodCounts(replicas, 0, 0, 0, 0), "web-1", "web-1", 0);
  }
}
