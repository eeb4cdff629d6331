package io.ordinal.platform.why.rules;

import static io.ordinal.platform.why.facts.Cause.CLAIM_LOST;
import static io.ordinal.platform.why.facts.Cause.VOLUME_MISSING;
import static io.ordinal.platform.why.facts.Cause.VOLUME_TAKEN;

import io.ordinal.platform.why.facts.Finding;
import io.ordinal.platform.why.facts.Resource;
import io.ordinal.platform.why.facts.Scene;
import io.ordinal.platform.why.facts.Thing;
import java.util.stream.Stream;

/// The claim names a volume that is gone, was never there, or belongs to another claim.
final class ClaimLost implements ClaimRule {

  @Override
  public Stream<Finding> judge(Scene scene, Thing claim) {
    var name = claim.text("/spec/volumeName");
    if (name.isEmpty()) return Stream.empty();
    if (claim.text("/status/phase").equals("Lost")) {
      return Stream.of(Finding.of(CLAIM_LOST, claim, "spec.volumeName").with("volume", name));
    }
    if (scene.isMissing(Resource.VOLUMES, name)) {
      return Stream.of(Finding.of(VOLUME_MISSING, claim, "spec.volumeName").with("volume", name));
    }
    return scene.find(Resource.VOLUMES, name).stream()
        .filter(volume -> belongsToAnother(volume, claim, scene.namespace()))
        .map(volume ->
            Finding.of(VOLUME_TAKEN, claim, "spec.volumeName")
                .with("volume", name)
                .with(
                    "owner",
                    volume.text("/spec/claimRef/namespace")
                        + "/"
                        + volume.text("/spec/claimRef/name")));
  }

  private static boolean belongsToAnother(Thing volume, Thing claim, String namespace) {
    var name = volume.text("/spec/claimRef/name");
    return !name.isEmpty()
        && !(name.equals(claim.name())
            && volume.text("/spec/claimRef/namespace").equals(namespace));
  }
}
