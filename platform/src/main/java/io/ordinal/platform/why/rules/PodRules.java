package io.ordinal.platform.why.rules;

import static io.ordinal.platform.why.facts.Cause.POD_NOT_READY;
import static io.ordinal.platform.why.facts.Cause.POD_STARTS;

import io.ordinal.platform.why.facts.Event;
import io.ordinal.platform.why.facts.Finding;
import io.ordinal.platform.why.facts.Scene;
import io.ordinal.platform.why.facts.Thing;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Why a pod is not ready, causes first: what lies further back in a pod's life explains the rest.
public final class PodRules {

  private static final List<PodRule> RULES =
      List.of(
          new Ending(),
          new Refused(),
          new Gated(),
          new Claims(),
          new Unschedulable(),
          new Nodes(),
          new Surroundings(),
          new Containers(),
          new ReadinessGates());

  private PodRules() {}

  /// It is ready, or has done its work.
  public static boolean isReady(Thing pod) {
    return !pod.isEnding()
        && (pod.isTrue("Ready") || pod.text("/status/phase").equals("Succeeded"));
  }

  /// The names of the claims that it uses.
  public static List<String> claims(Thing pod) {
    return Claims.names(pod);
  }

  /// What keeps it from being ready; at least one thing.
  public static List<Finding> judge(Scene scene, Thing pod) {
    var found = RULES.stream().flatMap(rule -> rule.judge(scene, pod)).toList();
    return found.isEmpty() ? List.of(last(scene, pod)) : found;
  }

  /// No rule knows: then what the cluster itself says.
  private static Finding last(Scene scene, Thing pod) {
    var said = pulling(scene, pod).or(() -> condition(pod)).orElse("");
    var starts = pod.text("/status/phase").equals("Pending") || said.isEmpty();
    return Finding.of(starts ? POD_STARTS : POD_NOT_READY, pod, "status.conditions")
        .with("message", said);
  }

  private static Optional<String> condition(Thing pod) {
    return Stream.of("PodScheduled", "Initialized", "ContainersReady", "Ready")
        .flatMap(type -> pod.condition(type).stream())
        .filter(condition -> !condition.path("status").asString("").equals("True"))
        .map(condition -> condition.path("message").asString(""))
        .filter(message -> !message.isEmpty())
        .findFirst();
  }

  /// A large image takes its time.
  private static Optional<String> pulling(Scene scene, Thing pod) {
    return scene
        .latest(pod, event -> event.reason().startsWith("Pull"))
        .filter(event -> event.reason().equals("Pulling"))
        .map(Event::message);
  }
}
