package io.ordinal.platform.why.rules;

import static io.ordinal.platform.why.facts.Cause.PROVISIONER_SILENT;

import io.ordinal.platform.why.facts.Finding;
import io.ordinal.platform.why.facts.Resource;
import io.ordinal.platform.why.facts.Scene;
import io.ordinal.platform.why.facts.Thing;
import java.util.stream.Stream;

/// The provisioner of the class has been asked for a volume, and nothing has come of it.
final class ProvisionerWaits implements ClaimRule {

  @Override
  public Stream<Finding> judge(Scene scene, Thing claim) {
    if (!claim.text("/spec/volumeName").isEmpty()) return Stream.empty();
    var name = claim.text("/spec/storageClassName");
    return scene
        .latest(claim, event -> event.reason().equals("ExternalProvisioning"))
        .map(_ ->
            Finding.of(PROVISIONER_SILENT, claim, "spec.storageClassName")
                .with("class", name)
                .with(
                    "provisioner",
                    scene
                        .find(Resource.CLASSES, name)
                        .map(found -> found.text("/provisioner"))
                        .orElse("?")))
        .stream();
  }
}
