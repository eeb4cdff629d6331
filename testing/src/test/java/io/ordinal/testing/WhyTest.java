package io.ordinal.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.platform.why.Answer;
import io.ordinal.platform.why.ClientSource;
import io.ordinal.platform.why.Kind;
import io.ordinal.platform.why.Sentences;
import io.ordinal.platform.why.Sentences.Language;
import io.ordinal.platform.why.Why;
import io.ordinal.platform.why.facts.Cause;
import io.ordinal.platform.why.facts.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// "Why is it not ready?" over faults that are planted on purpose, and over sets in good health.
class WhyTest {

  private static final int LEAST_FAULTS = 130;
  private static final int HEALTHY = 60;

  private record Result(Fault fault, List<Cause> told, Duration took) {
    boolean right() {
      return !told.isEmpty()
          && told.getFirst() == fault.expected
          && told.containsAll(fault.further);
    }
  }

  private static List<Fault> faults() {
    return Stream.of(
            FaultsOfContainers.all(),
            FaultsOfPlaces.all(),
            FaultsOfClaims.all(),
            FaultsOfSets.all(),
            FaultsOfOthers.all())
        .flatMap(List::stream)
        .toList();
  }

  @Test
  void noRuleIsWithoutAFault() {
    var planted = EnumSet.noneOf(Cause.class);
    faults()
        .forEach(fault -> {
          planted.add(fault.expected);
          planted.addAll(fault.further);
        });
    assertThat(planted).containsExactlyInAnyOrder(Cause.values());
  }

  @Test
  void theCauseOfAFaultIsToldFirst() {
    var faults = faults();
    List<Result> results = new ArrayList<>();
    for (int seed = 0; seed < faults.size(); seed++) results.add(ask(faults.get(seed), seed));
    var wrong = results.stream().filter(result -> !result.right()).toList();
    var slowest = results.stream().map(Result::took).max(Duration::compareTo).orElseThrow();
    System.out.printf(
        "why: %d of %d faults told right, the slowest answer after %d ms%n",
        faults.size() - wrong.size(), faults.size(), slowest.toMillis());
    assertThat(faults).hasSizeGreaterThanOrEqualTo(LEAST_FAULTS);
    assertThat(wrong).as("told wrongly").isEmpty();
  }

  private static Result ask(Fault fault, long seed) {
    try (var world = new World(seed, 1)) {
      fault.plant(world);
      var begin = System.nanoTime();
      var answer = ask(world, fault.kind(), "default", fault.name());
      var took = Duration.ofNanos(System.nanoTime() - begin);
      answer.items().forEach(item -> item.findings().forEach(WhyTest::assertWhole));
      var told = answer.items().getFirst().findings().stream().map(Finding::cause).toList();
      return new Result(fault, told, took);
    }
  }

  private static Answer ask(World world, String kind, String namespace, String name) {
    return new Why(new ClientSource(world.admin), world.cluster.clock())
        .ask(Kind.named(kind).orElseThrow(), namespace, name);
  }

  /// No value is missing from a sentence.
  private static void assertWhole(Finding finding) {
    for (var language : Language.values()) {
      assertThat(Sentences.text(finding, language)).doesNotContain("?");
      assertThat(Sentences.next(finding, language)).doesNotContain("?");
    }
  }

  @Test
  void setsInGoodHealthRaiseNoAlarm() {
    try (var world = new World(1, 3)) {
      for (int number = 0; number < HEALTHY; number++) HealthySets.make(world, number);
      world.pass(Duration.ofSeconds(40));
      for (int number = 0; number < HEALTHY; number++) HealthySets.change(world, number);
      world.pass(Duration.ofMinutes(1));
      for (int number = 0; number < HEALTHY; number++) {
        var answer = ask(world, "sts", "default", "set-" + number);
        assertThat(answer.items())
            .as("set-" + number)
            .isNotEmpty()
            .allMatch(item -> item.ready() && item.findings().isEmpty());
        assertThat(answer.unseen()).isEmpty();
      }
      assertThat(world.pods()).hasSizeGreaterThanOrEqualTo(HEALTHY);
      for (var pod : world.pods()) {
        assertThat(ask(world, "pod", "default", pod.getMetadata().getName()).ready()).isTrue();
      }
    }
  }
}
