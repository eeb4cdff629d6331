package io.ordinal.platform.why.rules;

import static io.ordinal.platform.why.facts.Cause.CLASS_MISSING;
import static io.ordinal.platform.why.facts.Cause.NO_CLASS;

import io.ordinal.platform.why.facts.Finding;
import io.ordinal.platform.why.facts.Resource;
import io.ordinal.platform.why.facts.Scene;
import io.ordinal.platform.why.facts.Thing;
import java.util.stream.Stream;

/// The claim's storage class does not exist, or it has none and there is no default.
final class ClaimClass implements ClaimRule {

  private static final String FIELD = "spec.storageClassName";

  @Override
  public Stream<Finding> judge(Scene scene, Thing claim) {
    if (!claim.text("/spec/volumeName").isEmpty()) return Stream.empty();
    if (!claim.has("/spec/storageClassName")) {
      return Stream.of(Finding.of(NO_CLASS, claim, FIELD));
    }
    var name = claim.text("/spec/storageClassName");
    // A volume may bear a class that nobody has made; only without one does the claim wait.
    return scene.isMissing(Resource.CLASSES, name) && NoMatch.volumesOf(scene, name).isEmpty()
        ? Stream.of(Finding.of(CLASS_MISSING, claim, FIELD).with("class", name))
        : Stream.empty();
  }
}
