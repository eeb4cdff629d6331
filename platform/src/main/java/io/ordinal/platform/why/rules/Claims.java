package io.ordinal.platform.why.rules;

import static io.ordinal.platform.why.facts.Cause.CLAIM_MISSING;

import io.ordinal.platform.why.facts.Finding;
import io.ordinal.platform.why.facts.Resource;
import io.ordinal.platform.why.facts.Scene;
import io.ordinal.platform.why.facts.Thing;
import java.util.List;
import java.util.stream.Stream;

/// A claim of a pod that does not run yet has no volume. One that waits for the pod is not to
/// blame.
final class Claims implements PodRule {

  @Override
  public Stream<Finding> judge(Scene scene, Thing pod) {
    return pod.text("/status/phase").equals("Running")
        ? Stream.empty()
        : names(pod).stream().flatMap(name -> judge(scene, pod, name));
  }

  static List<String> names(Thing pod) {
    return pod.list("/spec/volumes").stream()
        .flatMap(volume -> {
          if (volume.has("ephemeral")) {
            return Stream.of(pod.name() + "-" + volume.path("name").asString(""));
          }
          return Stream.of(volume.at("/persistentVolumeClaim/claimName").asString(""));
        })
        .filter(name -> !name.isEmpty())
        .toList();
  }

  private static Stream<Finding> judge(Scene scene, Thing pod, String name) {
    if (scene.isMissing(Resource.CLAIMS, name)) {
      return Stream.of(
          Finding.of(CLAIM_MISSING, pod, "spec.volumes[*].persistentVolumeClaim.claimName")
              .with("claim", name));
    }
    return scene.find(Resource.CLAIMS, name).stream()
        .flatMap(claim -> ClaimRules.troubles(scene, claim));
  }
}
