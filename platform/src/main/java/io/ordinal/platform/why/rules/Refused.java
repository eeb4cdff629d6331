package io.ordinal.platform.why.rules;

import static io.ordinal.platform.why.facts.Cause.*;

import io.ordinal.platform.why.facts.Cause;
import io.ordinal.platform.why.facts.Finding;
import io.ordinal.platform.why.facts.Scene;
import io.ordinal.platform.why.facts.Thing;
import java.util.stream.Stream;

/// The pod has ended for good: its node refused it or drove it out, or its time was over.
final class Refused implements PodRule {

  @Override
  public Stream<Finding> judge(Scene scene, Thing pod) {
    if (!pod.text("/status/phase").equals("Failed")) return Stream.empty();
    var reason = pod.text("/status/reason");
    if (reason.isEmpty()) return Stream.empty();
    var cause = cause(reason);
    return Stream.of(
        Finding.of(cause, pod, field(cause))
            .with("node", pod.text("/spec/nodeName"))
            .with("reason", reason)
            .with("message", pod.text("/status/message")));
  }

  private static Cause cause(String reason) {
    if (reason.startsWith("OutOf")) return REFUSED_NO_ROOM;
    return switch (reason) {
      case "Evicted" -> EVICTED;
      case "DeadlineExceeded" -> DEADLINE_EXCEEDED;
      case "NodePorts" -> REFUSED_HOST_PORT;
      case "NodeAffinity", "TaintToleration", "NodeName", "UnexpectedAdmissionError" -> REFUSED;
      default -> POD_FAILED;
    };
  }

  private static String field(Cause cause) {
    return switch (cause) {
      case REFUSED_NO_ROOM, EVICTED -> "spec.containers[*].resources.requests";
      case REFUSED_HOST_PORT -> "spec.containers[*].ports[*].hostPort";
      case DEADLINE_EXCEEDED -> "spec.activeDeadlineSeconds";
      case REFUSED -> "spec.affinity";
      default -> "status.reason";
    };
  }
}
