package io.ordinal.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// An informer stays true to its server through everything that can happen to a watch.
class InformersTest {
  private final PaperServer server = new PaperServer();
  private final TurnedClock clock = new TurnedClock();
  private final Informers informers = new Informers(server.client(), clock, new Random(1));
  private final Informer<Pod> pods = informers.of(Pod.class);
  private final List<String> heard = new ArrayList<>();

  @Test
  void listsThenWatches() {
    server.put(pod("a", "1"));
    assertThat(informers.synced()).isFalse();
    settle();
    assertThat(informers.synced()).isTrue();
    assertThat(names()).containsExactly("a");
    server.put(pod("b", "1"));
    server.put(pod("a", "2"));
    server.delete("b");
    settle();
    assertThat(names()).containsExactly("a");
    assertThat(labels("a")).isEqualTo("2");
    assertThat(server.requests).hasSize(2);
  }

  @Test
  void tellsWhatChanged() {
    server.put(pod("a", "1"));
    pods.onChange(this::hear);
    settle();
    server.put(pod("a", "2"));
    server.delete("a");
    settle();
    assertThat(heard).containsExactly("+a=1", "a:1>2", "-a=2");
  }

  @Test
  void aListenerThatComesLateHearsWhatIsThere() {
    server.put(pod("a", "1"));
    settle();
    pods.onChange(this::hear);
    assertThat(heard).containsExactly("+a=1");
  }

  @Test
  void whoFailsKeepsNobodyElseFromHearing() {
    pods.onChange((_, _) -> {
      throw new IllegalStateException("of a listener");
    });
    pods.onChange(this::hear);
    server.put(pod("a", "1"));
    settle();
    server.delete("a");
    settle();
    assertThat(heard).containsExactly("+a=1", "-a=1");
  }

  @Test
  void watchesOnFromWhereItWasWhenAWatchEnds() {
    server.put(pod("a", "1"));
    settle();
    server.put(pod("b", "1"));
    settle();
    server.endWatches();
    server.put(pod("c", "1"));
    settle();
    assertThat(names()).containsExactly("a", "b", "c");
    assertThat(server.requests).filteredOn(request -> !request.contains("watch")).hasSize(1);
  }

  @Test
  void watchesOnAfterTheConnectionBroke() {
    settle();
    server.breakWatches();
    server.put(pod("a", "1"));
    settle();
    assertThat(names()).containsExactly("a");
    assertThat(server.requests).filteredOn(request -> !request.contains("watch")).hasSize(1);
  }

  @Test
  void listsAgainWhenItsVersionIsGoneAndTellsTheDifference() {
    server.put(pod("a", "1"));
    server.put(pod("b", "1"));
    server.put(pod("c", "1"));
    settle();
    server.breakWatches();
    server.delete("a");
    server.put(pod("b", "2"));
    server.compact();
    pods.onChange(this::hear);
    heard.clear();
    settle();
    assertThat(names()).containsExactly("b", "c");
    assertThat(heard).containsExactly("-a=1", "b:1>2");
  }

  @Test
  void listsAgainWhenAWatchIsToldThatItFellBehind() {
    server.put(pod("a", "1"));
    settle();
    server.expireWatches();
    server.put(pod("b", "1"));
    settle();
    assertThat(names()).containsExactly("a", "b");
    assertThat(server.requests).filteredOn(request -> !request.contains("watch")).hasSize(2);
  }

  @Test
  void backsOffWhileTheServerRefuses() {
    server.refuse(500);
    for (int i = 0; i < 100; i++) informers.step();
    assertThat(server.requests).hasSize(1);
    var first = informers.nextDue().orElseThrow();
    assertThat(Duration.between(clock.instant(), first))
        .isBetween(Duration.ofMillis(100), Duration.ofMillis(200));
    for (int i = 0; i < 20; i++) {
      clock.turn(Duration.ofSeconds(31));
      informers.step();
    }
    assertThat(Duration.between(clock.instant(), informers.nextDue().orElseThrow()))
        .isLessThanOrEqualTo(Duration.ofSeconds(30));
    server.refuse(0);
    settle();
    assertThat(informers.synced()).isTrue();
  }

  @Test
  void looksSeldomForAKindThatIsNotServedAnyMore() {
    server.put(pod("a", "1"));
    settle();
    server.refuse(404);
    server.breakWatches();
    informers.step();
    clock.turn(Duration.ofSeconds(1));
    informers.step();
    assertThat(informers.nextDue()).contains(clock.instant().plusSeconds(30));
    assertThat(pods.list()).as("what was known stays").hasSize(1);
    server.refuse(0);
    server.put(pod("b", "1"));
    clock.turn(Duration.ofSeconds(30));
    settle();
    assertThat(pods.list()).hasSize(2);
  }

  @Test
  void bookmarksMoveItsPosition() {
    server.put(pod("a", "1"));
    settle();
    long before = pods.position();
    server.bookmark();
    settle();
    assertThat(pods.position()).isGreaterThan(before);
  }

  @Test
  void scopesAreInformersOfTheirOwnAndTheSameScopeIsShared() {
    assertThat(informers.of(Pod.class)).isSameAs(pods);
    var onNode = informers.of(Pod.class, "spec.nodeName=n1");
    assertThat(onNode).isNotSameAs(pods);
    settle();
    assertThat(server.requests).contains("/api/v1/pods?fieldSelector=spec.nodeName=n1");
  }

  @Test
  void indexesFollowTheObjects() {
    pods.addIndex("value", pod -> List.of(pod.getMetadata().getLabels().get("v")));
    server.put(pod("a", "1"));
    server.put(pod("b", "1"));
    settle();
    assertThat(pods.by("value", "1")).hasSize(2);
    server.put(pod("a", "2"));
    server.delete("b");
    settle();
    assertThat(pods.by("value", "1")).isEmpty();
    assertThat(pods.by("value", "2")).hasSize(1);
    pods.addIndex("name", pod -> List.of(pod.getMetadata().getName()));
    assertThat(pods.by("name", "a")).hasSize(1);
    assertThat(pods.list("default")).hasSize(1);
    assertThat(pods.list("defaul")).isEmpty();
  }

  @Test
  void keepsTheJsonAsItCame() {
    pods.keepJson();
    server.put(pod("a", "1"));
    settle();
    server.put(pod("b", "1"));
    settle();
    for (var name : List.of("a", "b")) {
      var cached = pods.cached(new ObjectKey("default", name)).orElseThrow();
      assertThat(cached.json().orElseThrow().tree().path("metadata").path("name").asString())
          .isEqualTo(name);
    }
  }

  @Test
  void theDetectorFindsAChangedObject() {
    var detector = new MutationDetector().follow(pods);
    server.put(pod("a", "1"));
    settle();
    detector.verify();
    pods.list().getFirst().getMetadata().setLabels(Map.of("v", "9"));
    assertThatThrownBy(detector::verify).isInstanceOf(AssertionError.class);
  }

  @Test
  void onThreadsItDoesTheSame() throws InterruptedException {
    server.put(pod("a", "1"));
    var both = new CountDownLatch(2);
    pods.onChange((_, _) -> both.countDown());
    informers.start();
    for (int i = 0; i < 1000 && !informers.synced(); i++) both.await(5, TimeUnit.MILLISECONDS);
    server.put(pod("b", "1"));
    assertThat(both.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(names()).containsExactly("a", "b");
    informers.close();
  }

  /// Steps until nothing happens, waiting out back-offs.
  private void settle() {
    for (int i = 0; i < 100; i++) {
      if (informers.step()) continue;
      if (informers.nextDue().isEmpty()) return;
      clock.turn(Duration.ofSeconds(30));
    }
  }

  private void hear(@Nullable Pod before, @Nullable Pod after) {
    if (before == null && after != null) heard.add("+" + name(after) + "=" + value(after));
    else if (after == null && before != null) heard.add("-" + name(before) + "=" + value(before));
    else if (before != null && after != null) {
      heard.add(name(after) + ":" + value(before) + ">" + value(after));
    }
  }

  private List<String> names() {
    return pods.list().stream().map(InformersTest::name).toList();
  }

  private String labels(String name) {
    return value(pods.get(new ObjectKey("default", name)).orElseThrow());
  }

  private static String name(Pod pod) {
    return pod.getMetadata().getName();
  }

  private static String value(Pod pod) {
    return pod.getMetadata().getLabels().getOrDefault("v", "");
  }

  private static Pod pod(String name, String value) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace("default")
        .withName(name)
        .withLabels(Map.of("v", value))
        .endMetadata()
        .build();
  }
}
