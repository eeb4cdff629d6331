package io.ordinal.controllers.disruption;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.ordinal.controllers.manifests.Manifests;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetPlanTest {
  private static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");

  private static PodDisruptionBudget budget(String spec, String status) {
    return Manifests.of(
        PodDisruptionBudget.class,
        "{metadata: {name: b, generation: 3}, spec: {selector: {matchLabels: {app: web}}, %s}, status: {%s}}"
            .formatted(spec, status));
  }

  private static List<Pod> pods(int ready, int all) {
    return IntStream.range(0, all)
        .mapToObj(i ->
            Manifests.of(
                Pod.class,
                "{metadata: {name: web-%d}, spec: {}, status: {conditions: [{type: Ready, status: '%s'}]}}"
                    .formatted(i, i < ready ? "True" : "False")))
        .toList();
  }

  @ParameterizedTest(name = "{0}: {1} of {2} ready, {3} wanted → {4} allowed")
  @CsvSource({
    "minAvailable: 2, 3, 3, 0, 1",
    "minAvailable: 3, 3, 3, 0, 0",
    "minAvailable: 2, 1, 3, 0, 0",
    "minAvailable: 0, 3, 3, 0, 3",
    "minAvailable: 50%, 3, 3, 3, 1",
    "minAvailable: 50%, 3, 3, 5, 0",
    "maxUnavailable: 1, 3, 3, 3, 1",
    "maxUnavailable: 1, 2, 3, 3, 0",
    "maxUnavailable: 33%, 3, 3, 3, 1",
    "maxUnavailable: 34%, 3, 3, 3, 2",
    "maxUnavailable: 10%, 10, 10, 10, 1",
    "maxUnavailable: 0, 3, 3, 3, 0",
    "maxUnavailable: 100%, 3, 3, 3, 3",
    "maxUnavailable: 1, 0, 0, 0, 0",
  })
  void disruptionsAllowed(String spec, int ready, int all, int scale, int allowed) {
    String quoted = spec.contains("%") ? spec.replaceFirst(": (.*)", ": '$1'") : spec;
    var status = BudgetPlan.of(budget(quoted, ""), pods(ready, all), scale, NOW).status();
    assertThat(status.getDisruptionsAllowed()).isEqualTo(allowed);
    assertThat(status.getObservedGeneration()).isEqualTo(3);
    assertThat(status.getConditions().getFirst().getReason())
        .isEqualTo(allowed > 0 ? "SufficientPods" : "InsufficientPods");
  }

  @Test
  void anAllowedEvictionCountsForTwoMinutes() {
    var recent =
        budget(
            "minAvailable: 1",
            "disruptedPods: {web-0: '2026-01-01T00:59:00Z', gone: '2026-01-01T00:59:59Z'}");
    var plan = BudgetPlan.of(recent, pods(3, 3), 0, NOW);
    assertThat(plan.status().getCurrentHealthy()).isEqualTo(2);
    assertThat(plan.status().getDisruptedPods()).containsOnlyKeys("web-0");
    assertThat(plan.lookAgain()).contains(Duration.ofSeconds(60));
    var old = budget("minAvailable: 1", "disruptedPods: {web-0: '2026-01-01T00:57:00Z'}");
    assertThat(BudgetPlan.of(old, pods(3, 3), 0, NOW).status().getCurrentHealthy()).isEqualTo(3);
  }
}
