package io.ordinal.platform.why.rules;

import static io.ordinal.platform.why.facts.Cause.OLD_REVISION_STUCK;

import io.ordinal.platform.why.facts.Finding;
import io.ordinal.platform.why.facts.Thing;
import java.util.stream.Stream;

/// A pod of an older template is broken, and the set waits for it before it goes on: a template
/// that has been mended meanwhile does not reach it (kubernetes/kubernetes#67250).
final class OldRevisionStuck implements SetRule {

  @Override
  public Stream<Finding> judge(SetView set) {
    return set.unready().stream()
        .filter(pod -> !pod.isEnding() && set.isOld(pod) && !set.isHeldBack(pod))
        .filter(pod -> pod.text("/status/phase").equals("Pending") || restarts(pod))
        .limit(SetRules.MOST_PODS)
        .filter(pod -> isBroken(set, pod))
        .limit(1)
        .map(pod -> Finding.of(OLD_REVISION_STUCK, pod, "").with("set", set.set().name()));
  }

  /// What merely takes its time is not broken.
  private static boolean isBroken(SetView set, Thing pod) {
    return switch (PodRules.judge(set.scene(), pod).getFirst().cause()) {
      case POD_STARTS, STARTUP_WAITS, STARTUP_FAILS, READINESS_WAITS, INIT_RUNS -> false;
      default -> true;
    };
  }

  private static boolean restarts(Thing pod) {
    return pod.list("/status/containerStatuses").stream()
        .anyMatch(status ->
            !status.path("ready").asBoolean(false) && status.path("restartCount").asInt(0) > 0);
  }
}
