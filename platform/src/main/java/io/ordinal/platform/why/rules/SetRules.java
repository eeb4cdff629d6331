package io.ordinal.platform.why.rules;

import static io.ordinal.platform.why.facts.Cause.SET_PROGRESSES;

import io.ordinal.platform.why.facts.Finding;
import io.ordinal.platform.why.facts.Thing;
import java.util.List;
import java.util.stream.Stream;

/// Why a StatefulSet has not all its pods ready, causes first; and what a ready one's user should
/// know.
public final class SetRules {

  /// So many pods are looked at one by one: each look costs requests.
  static final int MOST_PODS = 20;

  private static final List<SetRule> BEFORE_PODS =
      List.of(new SetEnding(), new OldRevisionStuck(), new CreateFailed(), new NameTaken());
  private static final List<SetRule> AFTER_PODS =
      List.of(new WaitsForLower(), new MinReady(), new ControllerSilent());
  private static final List<SetRule> NOTES =
      List.of(new HeldBack(), new NoService(), new ScaledToZero());

  private SetRules() {}

  /// The pods that are looked at one by one: those that come first.
  public static List<Thing> examined(SetView set) {
    return set.unready().stream().limit(MOST_PODS).toList();
  }

  /// What keeps it from being ready; at least one thing. For one that is ready, what holds it back
  /// from anything more.
  public static List<Finding> judge(SetView set) {
    var notes = NOTES.stream().flatMap(rule -> rule.judge(set));
    if (set.isReady()) return notes.toList();
    var found =
        Stream.of(
                BEFORE_PODS.stream().flatMap(rule -> rule.judge(set)),
                examined(set).stream().flatMap(pod -> PodRules.judge(set.scene(), pod).stream()),
                AFTER_PODS.stream().flatMap(rule -> rule.judge(set)))
            .flatMap(each -> each)
            .toList();
    var all = found.isEmpty() ? List.of(set.finding(SET_PROGRESSES, "spec.replicas")) : found;
    return Stream.concat(all.stream(), notes).distinct().toList();
  }
}
