package io.ordinal.platform.why.rules;

import static io.ordinal.platform.why.facts.Cause.CLAIM_ENDING;
import static io.ordinal.platform.why.facts.Cause.CLAIM_IN_USE;

import io.ordinal.platform.why.facts.Finding;
import io.ordinal.platform.why.facts.Resource;
import io.ordinal.platform.why.facts.Scene;
import io.ordinal.platform.why.facts.Thing;
import java.util.stream.Stream;

/// The claim has been deleted, and a pod or a finalizer keeps it.
final class ClaimEnding implements ClaimRule {

  @Override
  public Stream<Finding> judge(Scene scene, Thing claim) {
    if (!claim.isEnding()) return Stream.empty();
    var user =
        scene.list(Resource.PODS).stream()
            .filter(pod -> Claims.names(pod).contains(claim.name()))
            .findFirst();
    var finalizers = claim.list("/metadata/finalizers");
    var finalizer = finalizers.isEmpty() ? "" : finalizers.getFirst().asString("");
    return Stream.of(
        user.map(pod ->
                Finding.of(CLAIM_IN_USE, claim, "metadata.finalizers").with("pod", pod.name()))
            .orElseGet(() -> Finding.of(CLAIM_ENDING, claim, "metadata.finalizers"))
            .with("finalizer", finalizer));
  }
}
