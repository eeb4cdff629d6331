package io.ordinal.controllers.garbage;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.ordinal.controllers.discovery.ApiKind;
import io.ordinal.controllers.garbage.GarbagePlan.Owner;
import io.ordinal.controllers.garbage.GarbagePlan.Policy;
import io.ordinal.controllers.garbage.Thing.Leaving;
import io.ordinal.kube.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GarbagePlanTest {
  static final ApiKind PODS =
      new ApiKind(new ResourceType("", "v1", "pods"), "Pod", true, Set.of());

  static Thing thing(String uid, Leaving leaving, OwnerReference... owners) {
    return new Thing(PODS, "default", uid, uid, List.of(owners), leaving);
  }

  static OwnerReference owner(String uid, boolean blocks) {
    return new OwnerReferenceBuilder()
        .withApiVersion("v1")
        .withKind("Pod")
        .withName(uid)
        .withUid(uid)
        .withBlockOwnerDeletion(blocks)
        .build();
  }

  private static GarbagePlan plan(Thing thing, Map<String, Owner> owners, Thing... dependents) {
    return GarbagePlan.of(thing, owners, List.of(dependents), List.of());
  }

  @Test
  void whoHasAnOwnerStays() {
    assertThat(plan(thing("a", Leaving.NO, owner("o", true)), Map.of("o", Owner.SOLID)))
        .isEqualTo(new GarbagePlan.Nothing());
    assertThat(plan(thing("a", Leaving.NO), Map.of())).isEqualTo(new GarbagePlan.Nothing());
  }

  @Test
  void whoHasLostAllOwnersGoes() {
    assertThat(
            plan(
                thing("a", Leaving.NO, owner("o", true), owner("p", true)),
                Map.of("o", Owner.ABSENT, "p", Owner.ABSENT)))
        .isEqualTo(new GarbagePlan.Delete(Policy.BACKGROUND));
  }

  @Test
  void whoHasOneOwnerLeftLosesOnlyTheOthers() {
    assertThat(
            plan(
                thing("a", Leaving.NO, owner("o", true), owner("p", true), owner("q", true)),
                Map.of("o", Owner.ABSENT, "p", Owner.SOLID, "q", Owner.WAITING)))
        .isEqualTo(new GarbagePlan.DropOwners(Set.of("o", "q")));
  }

  @Test
  void whoseOwnerIsOfAnUnknownKindStays() {
    assertThat(plan(thing("a", Leaving.NO, owner("o", true)), Map.of("o", Owner.UNKNOWN)))
        .isEqualTo(new GarbagePlan.LookLater());
  }

  @Test
  void foregroundGoesDownTheTreeAndComesUpAgain() {
    var child = thing("child", Leaving.NO, owner("mid", true));
    var mid = thing("mid", Leaving.NO, owner("top", true));
    assertThat(plan(mid, Map.of("top", Owner.WAITING), child))
        .isEqualTo(new GarbagePlan.Delete(Policy.FOREGROUND));
    assertThat(plan(thing("mid", Leaving.AFTER_DEPENDENTS, owner("top", true)), Map.of(), child))
        .isEqualTo(new GarbagePlan.Await(List.of("child")));
    assertThat(plan(thing("mid", Leaving.AFTER_DEPENDENTS, owner("top", true)), Map.of()))
        .isEqualTo(new GarbagePlan.Finish("foregroundDeletion"));
  }

  @Test
  void dependentsThatDoNotBlockAreNotWaitedFor() {
    assertThat(
            plan(
                thing("top", Leaving.AFTER_DEPENDENTS),
                Map.of(),
                thing("free", Leaving.NO, owner("top", false))))
        .isEqualTo(new GarbagePlan.Finish("foregroundDeletion"));
  }

  @Test
  void aCircleOfWaitingIsBroken() {
    assertThat(
            plan(
                thing("a", Leaving.NO, owner("b", true)),
                Map.of("b", Owner.WAITING),
                thing("b", Leaving.AFTER_DEPENDENTS, owner("a", true))))
        .isEqualTo(new GarbagePlan.Unblock());
  }

  @Test
  void orphansAreLetGoBeforeTheirOwnerGoes() {
    var child = thing("child", Leaving.NO, owner("top", true));
    assertThat(plan(thing("top", Leaving.ORPHANING), Map.of(), child))
        .isEqualTo(new GarbagePlan.Orphan(List.of(child)));
  }

  @Test
  void onlyWhatAChangeMadeSuspiciousIsLookedAt() {
    var graph = new Graph();
    assertThat(graph.observed(thing("owner", Leaving.NO))).isEmpty();
    assertThat(graph.observed(thing("child", Leaving.NO, owner("owner", true)))).isEmpty();
    assertThat(graph.observed(thing("early", Leaving.NO, owner("unseen", true))))
        .containsExactly("early");
    assertThat(graph.observed(thing("child", Leaving.NO, owner("owner", true)))).isEmpty();
    assertThat(graph.gone("owner")).containsExactly("child");
    assertThat(graph.isAbsent("owner")).isTrue();
    assertThat(graph.gone("child")).isEmpty();
  }

  @Test
  void anOwnerThatWaitsIsToldWhenADependentIsGoneOrLetGo() {
    var graph = new Graph();
    graph.observed(thing("owner", Leaving.NO));
    Stream.of("a", "b").forEach(n -> graph.observed(thing(n, Leaving.NO, owner("owner", true))));
    assertThat(graph.observed(thing("owner", Leaving.AFTER_DEPENDENTS)))
        .containsExactlyInAnyOrder("owner", "a", "b");
    assertThat(graph.gone("a")).containsExactly("owner");
    assertThat(graph.observed(thing("b", Leaving.NO))).containsExactly("owner");
    assertThat(graph.dependentsOf("owner")).isEmpty();
  }
}
