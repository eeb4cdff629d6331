package io.ordinal.platform.why.rules;

import static io.ordinal.platform.why.facts.Cause.*;

import io.ordinal.platform.why.facts.Cause;
import io.ordinal.platform.why.facts.Finding;
import io.ordinal.platform.why.facts.Resource;
import io.ordinal.platform.why.facts.Scene;
import io.ordinal.platform.why.facts.Thing;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Volumes of the claim's class are made by hand, and none of them fits.
final class NoMatch implements ClaimRule {

  private static final String NO_PROVISIONER = "kubernetes.io/no-provisioner";

  @Override
  public Stream<Finding> judge(Scene scene, Thing claim) {
    if (!claim.text("/spec/volumeName").isEmpty()) return Stream.empty();
    var name = claim.text("/spec/storageClassName");
    if (!byHand(scene, name)) return Stream.empty();
    var volumes = scene.list(Resource.VOLUMES);
    // Who may not list volumes cannot say that none fits.
    if (scene.isHidden(Resource.VOLUMES)) return Stream.empty();
    var free = volumes.stream().filter(volume -> isFree(volume, name)).toList();
    if (free.stream().anyMatch(volume -> isBigEnough(volume, claim) && allows(volume, claim))) {
      return Stream.empty();
    }
    var cause = cause(free, claim);
    return Stream.of(
        Finding.of(cause, claim, field(cause))
            .with("class", name.isEmpty() ? "\"\"" : name)
            .with("wanted", claim.text("/spec/resources/requests/storage"))
            .with("modes", String.join(", ", modes(claim.json()))));
  }

  private static boolean byHand(Scene scene, String name) {
    return name.isEmpty()
        || scene.isMissing(Resource.CLASSES, name)
        || scene
            .find(Resource.CLASSES, name)
            .filter(found -> found.text("/provisioner").equals(NO_PROVISIONER))
            .isPresent();
  }

  static List<Thing> volumesOf(Scene scene, String name) {
    return scene.list(Resource.VOLUMES).stream()
        .filter(volume -> volume.text("/spec/storageClassName").equals(name))
        .toList();
  }

  private static boolean isFree(Thing volume, String name) {
    return volume.text("/spec/storageClassName").equals(name)
        && volume.text("/status/phase").equals("Available");
  }

  private static Cause cause(List<Thing> free, Thing claim) {
    if (free.isEmpty()) return NO_VOLUME;
    var big = free.stream().filter(volume -> isBigEnough(volume, claim)).toList();
    if (big.isEmpty()) return VOLUMES_TOO_SMALL;
    return big.stream().noneMatch(volume -> allows(volume, claim)) ? ACCESS_MODES : NO_VOLUME;
  }

  private static String field(Cause cause) {
    return switch (cause) {
      case VOLUMES_TOO_SMALL -> "spec.resources.requests.storage";
      case ACCESS_MODES -> "spec.accessModes";
      default -> "spec.storageClassName";
    };
  }

  private static boolean isBigEnough(Thing volume, Thing claim) {
    return Room.amount(volume.text("/spec/capacity/storage"))
            .compareTo(Room.amount(claim.text("/spec/resources/requests/storage")))
        >= 0;
  }

  private static boolean allows(Thing volume, Thing claim) {
    return modes(volume.json()).containsAll(modes(claim.json()));
  }

  private static List<String> modes(JsonNode json) {
    return Thing.elements(json.at("/spec/accessModes")).map(mode -> mode.asString("")).toList();
  }
}
