package io.ordinal.server.kinds;

import static io.ordinal.server.tree.Tree.otherwise;

import io.ordinal.server.registry.Metadata;
import io.ordinal.server.registry.Strategy;
import io.ordinal.server.registry.TableColumn;
import io.ordinal.server.registry.Trait;
import io.ordinal.server.tree.Tree;
import io.ordinal.server.validation.ClaimRules;
import io.ordinal.server.validation.FieldErrors;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// PersistentVolumeClaims.
final class ClaimStrategy implements Strategy {

  @Override
  public Set<Trait> traits() {
    return EnumSet.of(Trait.DELETE_ANSWERS_OBJECT);
  }

  @Override
  public void prepareNew(ObjectNode claim) {
    claim.set("status", Tree.object("phase", "Pending"));
  }

  @Override
  public void defaults(ObjectNode claim) {
    fill(claim);
    otherwise(Tree.make(claim, "status"), "phase", "Pending");
  }

  /// Also for the claims that a StatefulSet describes.
  static void fill(ObjectNode claim) {
    otherwise(Tree.make(claim, "spec"), "volumeMode", "Filesystem");
  }

  @Override
  public void validate(ObjectNode claim, @Nullable ObjectNode old, FieldErrors errors) {
    ClaimRules.check(claim, old, errors);
  }

  @Override
  public List<TableColumn> columns() {
    return COLUMNS;
  }

  private static final List<TableColumn> COLUMNS =
      List.of(
          TableColumn.NAME,
          TableColumn.text(
              "Status",
              claim ->
                  Metadata.isBeingDeleted(claim)
                      ? "Terminating"
                      : Tree.text(claim, "status", "phase")),
          TableColumn.text("Volume", claim -> Tree.text(claim, "spec", "volumeName")),
          TableColumn.text(
              "Capacity",
              claim -> ifBound(claim, Tree.text(claim, "status", "capacity", "storage"))),
          TableColumn.text(
              "Access Modes",
              claim -> ifBound(claim, Cells.accessModes(Tree.find(claim, "status")))),
          TableColumn.text("StorageClass", StorageClassStrategy::wantedBy),
          TableColumn.text(
              "VolumeAttributesClass",
              claim -> Cells.orUnset(Tree.text(claim, "spec", "volumeAttributesClassName"))),
          TableColumn.AGE,
          TableColumn.text(
                  "VolumeMode", claim -> Cells.orUnset(Tree.text(claim, "spec", "volumeMode")))
              .wide());

  private static String ifBound(ObjectNode claim, String text) {
    return Tree.text(claim, "spec", "volumeName").isEmpty() ? "" : text;
  }
}
