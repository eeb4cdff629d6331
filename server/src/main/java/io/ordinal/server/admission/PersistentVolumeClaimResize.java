package io.ordinal.server.admission;

import io.ordinal.schema.Quantity;
import io.ordinal.server.kinds.StorageClassStrategy;
import io.ordinal.server.registry.Admission;
import io.ordinal.server.registry.Attributes;
import io.ordinal.server.registry.Kind;
import io.ordinal.server.registry.Objects;
import io.ordinal.server.registry.Refusals;
import io.ordinal.server.tree.Tree;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A claim may ask for more only where its class says that volumes can grow: nobody would ever make
/// the others larger, and the claim would wait for ever.
final class PersistentVolumeClaimResize implements Admission {
  private final Kind classes;
  private final Objects objects;

  PersistentVolumeClaimResize(Kind classes, Objects objects) {
    this.classes = classes;
    this.objects = objects;
  }

  @Override
  public void validate(Attributes about, @Nullable ObjectNode claim, @Nullable ObjectNode old) {
    if (claim == null || old == null || !about.isFor("", "persistentvolumeclaims")) return;
    if (request(claim).compareTo(request(old)) <= 0) return;
    if (!Tree.text(old, "status", "phase").equals("Bound")) {
      throw Refusals.forbidden(
          about.kind(), about.name(), "Only bound persistent volume claims can be expanded");
    }
    if (!mayGrow(StorageClassStrategy.wantedBy(claim), StorageClassStrategy.wantedBy(old))) {
      throw Refusals.forbidden(
          about.kind(),
          about.name(),
          "only dynamically provisioned pvc can be resized and the storageclass that provisions the"
              + " pvc must support resize");
    }
  }

  private boolean mayGrow(String now, String before) {
    return !now.isEmpty()
        && now.equals(before)
        && objects
            .find(classes, "", now)
            .filter(c -> Tree.flag(c, "allowVolumeExpansion"))
            .isPresent();
  }

  private static Quantity request(ObjectNode claim) {
    var text = Tree.text(claim, "spec", "resources", "requests", "storage");
    return text.isEmpty() ? Quantity.ZERO : Quantity.parse(text);
  }
}
