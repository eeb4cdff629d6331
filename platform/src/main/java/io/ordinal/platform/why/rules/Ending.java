package io.ordinal.platform.why.rules;

import static io.ordinal.platform.why.facts.Cause.*;

import io.ordinal.platform.why.facts.Finding;
import io.ordinal.platform.why.facts.Resource;
import io.ordinal.platform.why.facts.Scene;
import io.ordinal.platform.why.facts.Thing;
import java.time.Duration;
import java.util.stream.Stream;

/// The pod has been asked to end and is still there.
final class Ending implements PodRule {

  private static final Duration ALLOWANCE = Duration.ofSeconds(10);

  @Override
  public Stream<Finding> judge(Scene scene, Thing pod) {
    if (!pod.isEnding()) return Stream.empty();
    var node = pod.text("/spec/nodeName");
    if (scene.isMissing(Resource.NODES, node)) {
      return Stream.of(Finding.of(ENDING_NODE_GONE, pod, "spec.nodeName").with("node", node));
    }
    if (Nodes.isDown(scene, node)) {
      return Stream.of(Finding.of(ENDING_NODE_DOWN, pod, "spec.nodeName").with("node", node));
    }
    var finalizers = pod.list("/metadata/finalizers");
    if (!finalizers.isEmpty() && !containersRun(pod)) {
      return Stream.of(
          Finding.of(ENDING_FINALIZER, pod, "metadata.finalizers")
              .with("finalizer", finalizers.getFirst().asString("")));
    }
    var grace = pod.text("/metadata/deletionGracePeriodSeconds");
    return Stream.of(
        Finding.of(
                isOverdue(scene, pod) ? ENDING_OVERDUE : ENDING,
                pod,
                "spec.terminationGracePeriodSeconds")
            .with("node", node)
            .with("grace", grace.isEmpty() ? "0" : grace)
            .with("until", pod.text("/metadata/deletionTimestamp")));
  }

  /// The deletion's timestamp is when the grace is over.
  private static boolean isOverdue(Scene scene, Thing pod) {
    return pod.time("/metadata/deletionTimestamp")
        .filter(end -> end.plus(ALLOWANCE).isBefore(scene.now()))
        .isPresent();
  }

  private static boolean containersRun(Thing pod) {
    return pod.list("/status/containerStatuses").stream()
        .anyMatch(status -> status.path("state").has("running"));
  }
}
