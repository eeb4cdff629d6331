package io.ordinal.platform.why.rules;

import static io.ordinal.platform.why.facts.Cause.CLAIM_PENDING;

import io.ordinal.platform.why.facts.Finding;
import io.ordinal.platform.why.facts.Scene;
import io.ordinal.platform.why.facts.Thing;
import java.util.List;
import java.util.stream.Stream;

/// Why a claim has no volume, causes first.
public final class ClaimRules {

  private static final List<ClaimRule> TROUBLES =
      List.of(
          new ClaimEnding(),
          new ClaimLost(),
          new ClaimClass(),
          new ProvisioningFailed(),
          new NoMatch(),
          new ProvisionerWaits());
  private static final ClaimRule WAITS = new ClaimWaits();

  private ClaimRules() {}

  /// It has its volume and keeps it.
  public static boolean isReady(Thing claim) {
    return claim.text("/status/phase").equals("Bound") && !claim.isEnding();
  }

  /// What keeps it from its volume; at least one thing.
  public static List<Finding> judge(Scene scene, Thing claim) {
    var found = Stream.concat(troubles(scene, claim), WAITS.judge(scene, claim)).toList();
    return found.isEmpty() ? List.of(Finding.of(CLAIM_PENDING, claim, "status.phase")) : found;
  }

  /// What is wrong with the claim itself, as one of its pods sees it.
  static Stream<Finding> troubles(Scene scene, Thing claim) {
    if (isReady(claim)) return Stream.empty();
    return TROUBLES.stream()
        .map(rule -> rule.judge(scene, claim).toList())
        .filter(found -> !found.isEmpty())
        .findFirst()
        .orElse(List.of())
        .stream();
  }
}
