package io.ordinal.platform.why.rules;

import static io.ordinal.platform.why.facts.Cause.NODE_DOWN;
import static io.ordinal.platform.why.facts.Cause.NODE_MISSING;

import io.ordinal.platform.why.facts.Finding;
import io.ordinal.platform.why.facts.Resource;
import io.ordinal.platform.why.facts.Scene;
import io.ordinal.platform.why.facts.Thing;
import java.util.stream.Stream;

/// The node of the pod is gone, or nobody hears of it.
final class Nodes implements PodRule {

  @Override
  public Stream<Finding> judge(Scene scene, Thing pod) {
    var name = pod.text("/spec/nodeName");
    if (scene.isMissing(Resource.NODES, name)) {
      return Stream.of(Finding.of(NODE_MISSING, pod, "spec.nodeName").with("node", name));
    }
    if (!isDown(scene, name)) return Stream.empty();
    var node = scene.find(Resource.NODES, name).orElseThrow();
    var said = node.condition("Ready").map(c -> c.path("message").asString("")).orElse("");
    return Stream.of(
        Finding.of(NODE_DOWN, node, "status.conditions[Ready]")
            .with("pod", pod.name())
            .with("node", name)
            .with("message", said));
  }

  /// Whether the node says, or others say of it, that it is not ready.
  static boolean isDown(Scene scene, String node) {
    return scene.find(Resource.NODES, node).filter(found -> !found.isTrue("Ready")).isPresent();
  }
}
