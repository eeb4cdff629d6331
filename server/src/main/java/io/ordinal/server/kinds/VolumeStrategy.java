package io.ordinal.server.kinds;

import static io.ordinal.server.tree.Tree.otherwise;

import io.ordinal.server.registry.Metadata;
import io.ordinal.server.registry.Strategy;
import io.ordinal.server.registry.TableColumn;
import io.ordinal.server.registry.Trait;
import io.ordinal.server.tree.Tree;
import io.ordinal.server.validation.FieldErrors;
import io.ordinal.server.validation.VolumeRules;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// PersistentVolumes.
final class VolumeStrategy implements Strategy {

  @Override
  public Set<Trait> traits() {
    return EnumSet.of(Trait.DELETE_ANSWERS_OBJECT);
  }

  @Override
  public void prepareNew(ObjectNode volume) {
    volume.set("status", Tree.object("phase", "Pending"));
  }

  @Override
  public void defaults(ObjectNode volume) {
    var spec = Tree.make(volume, "spec");
    otherwise(spec, "persistentVolumeReclaimPolicy", "Retain");
    otherwise(spec, "volumeMode", "Filesystem");
    if (spec.get("hostPath") instanceof ObjectNode path && !path.has("type")) path.put("type", "");
  }

  @Override
  public void validate(ObjectNode volume, @Nullable ObjectNode old, FieldErrors errors) {
    VolumeRules.check(volume, old, errors);
  }

  @Override
  public List<TableColumn> columns() {
    return COLUMNS;
  }

  private static final List<TableColumn> COLUMNS =
      List.of(
          TableColumn.NAME,
          TableColumn.text("Capacity", volume -> Tree.text(volume, "spec", "capacity", "storage")),
          TableColumn.text("Access Modes", volume -> Cells.accessModes(Tree.find(volume, "spec"))),
          TableColumn.text(
              "Reclaim Policy",
              volume -> Tree.text(volume, "spec", "persistentVolumeReclaimPolicy")),
          TableColumn.text(
              "Status",
              volume ->
                  Metadata.isBeingDeleted(volume)
                      ? "Terminating"
                      : Tree.text(volume, "status", "phase")),
          TableColumn.text("Claim", VolumeStrategy::claim),
          TableColumn.text("StorageClass", volume -> Tree.text(volume, "spec", "storageClassName")),
          TableColumn.text(
              "VolumeAttributesClass",
              volume -> Cells.orUnset(Tree.text(volume, "spec", "volumeAttributesClassName"))),
          TableColumn.text("Reason", volume -> Tree.text(volume, "status", "reason")),
          TableColumn.AGE,
          TableColumn.text(
                  "VolumeMode", volume -> Cells.orUnset(Tree.text(volume, "spec", "volumeMode")))
              .wide());

  private static String claim(ObjectNode volume) {
    var ref = Tree.find(volume, "spec", "claimRef");
    return ref == null ? "" : Tree.text(ref, "namespace") + "/" + Tree.text(ref, "name");
  }
}
