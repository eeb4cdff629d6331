package io.ordinal.platform.why.rules;

import static io.ordinal.platform.why.facts.Cause.PROVISIONING_FAILED;

import io.ordinal.platform.why.facts.Finding;
import io.ordinal.platform.why.facts.Scene;
import io.ordinal.platform.why.facts.Thing;
import java.util.stream.Stream;

/// Somebody tried to make the volume and could not.
final class ProvisioningFailed implements ClaimRule {

  @Override
  public Stream<Finding> judge(Scene scene, Thing claim) {
    if (!claim.text("/spec/volumeName").isEmpty()) return Stream.empty();
    return scene
        .latest(claim, event -> event.reason().startsWith("Provisioning"))
        .filter(event -> event.reason().equals("ProvisioningFailed"))
        .map(event ->
            Finding.of(PROVISIONING_FAILED, claim, "spec").with("message", event.message()))
        .stream();
  }
}
