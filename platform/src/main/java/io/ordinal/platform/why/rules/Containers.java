package io.ordinal.platform.why.rules;

import io.ordinal.platform.why.facts.Finding;
import io.ordinal.platform.why.facts.Scene;
import io.ordinal.platform.why.facts.Thing;
import java.util.List;
import java.util.stream.Stream;

/// The containers, in the order in which they start; of each, only what is nearest to the cause.
final class Containers implements PodRule {

  private static final List<ContainerRule> RULES =
      List.of(
          new ImagePull(),
          new ContainerConfig(),
          new PostStart(),
          new KilledByProbe(),
          new ContainerStart(),
          new Crashed(),
          new Probes(),
          new InitRuns());

  @Override
  public Stream<Finding> judge(Scene scene, Thing pod) {
    return ContainerView.of(scene, pod).stream()
        .filter(container -> !container.isGood())
        .flatMap(Containers::judge);
  }

  private static Stream<Finding> judge(ContainerView container) {
    return RULES.stream()
        .map(rule -> rule.judge(container).toList())
        .filter(found -> !found.isEmpty())
        .findFirst()
        .orElse(List.of())
        .stream();
  }
}
