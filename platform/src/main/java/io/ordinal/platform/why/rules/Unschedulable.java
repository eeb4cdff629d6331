package io.ordinal.platform.why.rules;

import static io.ordinal.platform.why.facts.Cause.*;

import io.ordinal.platform.why.facts.Cause;
import io.ordinal.platform.why.facts.Finding;
import io.ordinal.platform.why.facts.Scene;
import io.ordinal.platform.why.facts.Thing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// No node will do. Where nodes fail for different reasons, what keeps the pod away for good from
/// most of them is not the cause: it is what those lack that would do otherwise.
final class Unschedulable implements PodRule {

  private static final Pattern COUNTED =
      Pattern.compile("(\\d+) ((?:\\([^)]*\\)|[^,.(]|\\.(?=\\S))+)");
  private static final Pattern RESOURCE = Pattern.compile("Insufficient (\\S+)");

  private record Reason(Cause cause, int nodes, String words) {}

  @Override
  public Stream<Finding> judge(Scene scene, Thing pod) {
    var condition = pod.condition("PodScheduled");
    if (!pod.text("/spec/nodeName").isEmpty() || condition.isEmpty()) return Stream.empty();
    var said = condition.get().path("message").asString("");
    if (said.startsWith("no nodes available")) return Stream.of(Finding.of(NO_NODES, pod, ""));
    return reasons(said).map(reason -> finding(scene, pod, reason, said));
  }

  /// `0/3 nodes are available: 1 Insufficient cpu, 2 node(s) were unschedulable. preemption: …`
  private static Stream<Reason> reasons(String said) {
    var begin = said.indexOf("available: ");
    if (begin < 0) return Stream.empty();
    var end = said.indexOf(" preemption: ");
    var list = said.substring(begin + "available: ".length(), end < 0 ? said.length() : end);
    List<Reason> all = new ArrayList<>();
    var matcher = COUNTED.matcher(list);
    while (matcher.find()) {
      var words = matcher.group(2).strip();
      cause(words)
          .ifPresent(c -> all.add(new Reason(c, Integer.parseInt(matcher.group(1)), words)));
    }
    return all.stream()
        .sorted(
            Comparator.<Reason>comparingInt(reason -> order(reason.cause()))
                .thenComparing(Reason::nodes, Comparator.reverseOrder()));
  }

  private static Optional<Cause> cause(String words) {
    for (var each : PHRASES) {
      if (Words.says(words, each.words())) return Optional.of(each.cause());
    }
    return Optional.empty();
  }

  private record Phrase(String words, Cause cause) {}

  private static final List<Phrase> PHRASES =
      List.of(
          new Phrase("insufficient ", NO_ROOM),
          new Phrase("too many pods", TOO_MANY_PODS),
          new Phrase("free ports", HOST_PORT_TAKEN),
          new Phrase("max volume count", TOO_MANY_VOLUMES),
          new Phrase("anti-affinity", ANTI_AFFINITY),
          new Phrase("pod affinity", POD_AFFINITY),
          new Phrase("topology spread", TOPOLOGY_SPREAD),
          new Phrase("were unschedulable", CORDONED),
          new Phrase("persistentvolume's node affinity", VOLUME_ELSEWHERE),
          new Phrase("volume node affinity", VOLUME_ELSEWHERE),
          new Phrase("persistent volumes to bind", NO_VOLUME_THERE),
          new Phrase("node affinity/selector", NODE_SELECTOR),
          new Phrase("taint", TAINTED),
          new Phrase("node name", NODE_NAME));

  /// Nodes that fail only for room have passed all that is asked of a place.
  private static int order(Cause cause) {
    return switch (cause) {
      case NO_ROOM, TOO_MANY_PODS, HOST_PORT_TAKEN, TOO_MANY_VOLUMES -> 0;
      case ANTI_AFFINITY, POD_AFFINITY, TOPOLOGY_SPREAD -> 1;
      case CORDONED -> 2;
      case VOLUME_ELSEWHERE, NODE_NAME -> 4;
      default -> 3;
    };
  }

  private static Finding finding(Scene scene, Thing pod, Reason reason, String said) {
    var finding =
        Finding.of(reason.cause(), pod, field(reason.cause()))
            .with("nodes", reason.nodes())
            .with("message", said);
    if (reason.cause() != NO_ROOM) return finding;
    var resource = Words.find(RESOURCE, reason.words()).orElse("");
    return Room.judge(scene, pod, resource).with("nodes", reason.nodes()).with("message", said);
  }

  private static String field(Cause cause) {
    return switch (cause) {
      case HOST_PORT_TAKEN -> "spec.containers[*].ports[*].hostPort";
      case TOO_MANY_VOLUMES, VOLUME_ELSEWHERE, NO_VOLUME_THERE -> "spec.volumes";
      case ANTI_AFFINITY -> "spec.affinity.podAntiAffinity";
      case POD_AFFINITY -> "spec.affinity.podAffinity";
      case TOPOLOGY_SPREAD -> "spec.topologySpreadConstraints";
      case NODE_SELECTOR -> "spec.nodeSelector";
      case TAINTED, CORDONED -> "spec.tolerations";
      case NODE_NAME -> "spec.nodeName";
      default -> "";
    };
  }
}
