package io.ordinal.controllers.statefulset;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.stream.Collectors;

/// What the planner says to the state of a world, as it is now.
final class Plans {
  private static final Templates TEMPLATES = new Templates();

  private Plans() {}

  static Observed observed(SetWorld it) {
    var claims =
        it.world.all(PersistentVolumeClaim.class).stream()
            .collect(Collectors.toMap(claim -> claim.getMetadata().getName(), claim -> claim));
    var revisions =
        new Revisions(
            revision(it, it.status().getCurrentRevision()),
            revision(it, it.status().getUpdateRevision()),
            0);
    return new Observed(SetSpec.of(it.set()), revisions, it.pods(), claims, it.clock.instant());
  }

  static Plan of(SetWorld it) {
    return StatefulSetPlanner.plan(observed(it));
  }

  private static Revision revision(SetWorld it, String name) {
    return it.revisions().stream()
        .filter(revision -> revision.getMetadata().getName().equals(name))
        .findFirst()
        .map(TEMPLATES::of)
        .orElseThrow();
  }
}
