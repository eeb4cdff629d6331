package io.ordinal.controllers.scheduler;

import static io.ordinal.controllers.manifests.Manifests.node;
import static io.ordinal.controllers.manifests.Manifests.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.ordinal.kube.ObjectKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ClusterViewTest {
  private final List<String> woken = new ArrayList<>();
  private final RandomGenerator random = new Random(1);
  private final ClusterView view =
      new ClusterView(key -> woken.add(key.name()), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

  private Decision place(Pod pod) {
    return view.place(
        ObjectKey.of(pod),
        Needs.of(pod),
        new ClusterView.Rules(KnownStorage.NONE, _ -> Map.of(), random));
  }

  private static Pod wanting(String name, String cpu) {
    return pod(name, "containers: [{name: c, resources: {requests: {cpu: '%s'}}}]".formatted(cpu));
  }

  private static Pod on(String node, Pod pod) {
    return new PodBuilder(pod).editSpec().withNodeName(node).endSpec().build();
  }

  @Test
  void aPromisedPlaceIsTakenAtOnce() {
    view.nodeChanged(null, node("n1"));
    assertThat(place(wanting("a", "3"))).isInstanceOf(Decision.Place.class);
    assertThat(place(wanting("b", "3"))).isInstanceOf(Decision.Nowhere.class);
  }

  @Test
  void aPlaceThatIsSeenBoundCountsOnce() {
    view.nodeChanged(null, node("n1"));
    place(wanting("a", "2"));
    view.podChanged(wanting("a", "2"), on("n1", wanting("a", "2")));
    assertThat(place(wanting("b", "2"))).isInstanceOf(Decision.Place.class);
  }

  @Test
  void roomThatBecomesFreeWakesThoseWhomItHelps() {
    view.nodeChanged(null, node("n1"));
    var first = on("n1", wanting("a", "2"));
    view.podChanged(null, first);
    place(wanting("fits-then", "4"));
    place(wanting("never", "40"));
    view.podChanged(first, null);
    assertThat(woken).containsExactly("fits-then");
  }

  @Test
  void aHeartbeatWakesNobodyAndAnUncordonedNodeDoes() {
    var cordoned = node("n1", "", "unschedulable: true");
    view.nodeChanged(null, cordoned);
    place(wanting("a", "1"));
    view.nodeChanged(cordoned, cordoned);
    assertThat(woken).isEmpty();
    view.nodeChanged(cordoned, node("n1"));
    assertThat(woken).containsExactly("a");
  }

  @Test
  void podsThatAreSeenBeforeTheirNodeCountWhenItComes() {
    view.podChanged(null, on("n1", wanting("a", "3")));
    view.nodeChanged(null, node("n1"));
    assertThat(place(wanting("b", "2"))).isInstanceOf(Decision.Nowhere.class);
  }

  @Test
  void aPodThatEndedTakesNoRoom() {
    view.nodeChanged(null, node("n1"));
    var running = on("n1", wanting("a", "3"));
    view.podChanged(null, running);
    var ended = new PodBuilder(running).withNewStatus().withPhase("Succeeded").endStatus().build();
    view.podChanged(running, ended);
    assertThat(place(wanting("b", "3"))).isInstanceOf(Decision.Place.class);
  }

  @Test
  void aGivenUpPlaceIsFree() {
    view.nodeChanged(null, node("n1"));
    place(wanting("a", "3"));
    view.release(new ObjectKey("default", "a"));
    assertThat(place(wanting("b", "3"))).isInstanceOf(Decision.Place.class);
  }

  /// Each place costs what the one before it did: with a look at all pods for each, ten times as
  /// many would take a hundred times as long.
  @Test
  @Timeout(600)
  void fiveThousandPodsArePlacedAsFastAsFiveHundred() {
    for (int i = 0; i < 60; i++) {
      view.nodeChanged(null, node("n" + i));
    }
    placed("warm", 500);
    var before = placed("before", 500);
    var many = placed("many", 5_000);
    var after = placed("after", 500);
    assertThat(many.dividedBy(40)).isLessThan(before.compareTo(after) > 0 ? before : after);
  }

  /// How long it takes to place so many pods, each of which finds a place.
  private Duration placed(String name, int count) {
    var start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      assertThat(place(wanting(name + i, "5m"))).isInstanceOf(Decision.Place.class);
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
