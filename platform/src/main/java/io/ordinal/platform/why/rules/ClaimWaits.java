package io.ordinal.platform.why.rules;

import static io.ordinal.platform.why.facts.Cause.WAITS_FOR_CONSUMER;
import static io.ordinal.platform.why.facts.Cause.WAITS_FOR_POD;

import io.ordinal.platform.why.facts.Finding;
import io.ordinal.platform.why.facts.Resource;
import io.ordinal.platform.why.facts.Scene;
import io.ordinal.platform.why.facts.Thing;
import java.util.stream.Stream;

/// The volume is made where the first pod goes that uses the claim: there is none, or it finds no
/// node.
final class ClaimWaits implements ClaimRule {

  private static final PodRule UNSCHEDULABLE = new Unschedulable();

  @Override
  public Stream<Finding> judge(Scene scene, Thing claim) {
    if (!claim.text("/spec/volumeName").isEmpty() || claim.isEnding()) return Stream.empty();
    var waits =
        scene
            .find(Resource.CLASSES, claim.text("/spec/storageClassName"))
            .filter(found -> found.text("/volumeBindingMode").equals("WaitForFirstConsumer"))
            .isPresent();
    if (!waits) return Stream.empty();
    var users =
        scene.list(Resource.PODS).stream()
            .filter(pod -> Claims.names(pod).contains(claim.name()))
            .toList();
    if (users.isEmpty()) {
      // Who may not list pods cannot say that there is none.
      return scene.isHidden(Resource.PODS)
          ? Stream.empty()
          : Stream.of(Finding.of(WAITS_FOR_CONSUMER, claim, "spec.storageClassName"));
    }
    var pod = users.getFirst();
    return Stream.concat(
        UNSCHEDULABLE.judge(scene, pod),
        Stream.of(Finding.of(WAITS_FOR_POD, claim, "").with("pod", pod.name())));
  }
}
