package io.ordinal.server.kinds;

import static io.ordinal.server.tree.Tree.otherwise;

import io.ordinal.server.registry.Metadata;
import io.ordinal.server.registry.Strategy;
import io.ordinal.server.registry.TableColumn;
import io.ordinal.server.registry.Trait;
import io.ordinal.server.table.Printer;
import io.ordinal.server.tree.Tree;
import io.ordinal.server.validation.FieldErrors;
import io.ordinal.server.validation.StorageClassRules;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// StorageClasses: only whether volumes may grow can change.
public final class StorageClassStrategy implements Strategy {
  /// The annotation in which claims named their class before there was a field for it.
  public static final String OLD_FIELD = "volume.beta.kubernetes.io/storage-class";

  private static final List<String> DEFAULT_MARKS =
      List.of(
          "storageclass.kubernetes.io/is-default-class",
          "storageclass.beta.kubernetes.io/is-default-class");

  /// Whether claims that name no class get this one.
  public static boolean isDefault(ObjectNode storageClass) {
    var annotations = Metadata.annotations(storageClass);
    return DEFAULT_MARKS.stream().anyMatch(mark -> "true".equals(annotations.get(mark)));
  }

  /// The name of the class that a claim wants; empty when it wants none.
  public static String wantedBy(ObjectNode claim) {
    var old = Metadata.annotations(claim).get(OLD_FIELD);
    return old == null ? Tree.text(claim, "spec", "storageClassName") : old;
  }

  @Override
  public Set<Trait> traits() {
    return EnumSet.of(Trait.DELETE_ANSWERS_OBJECT);
  }

  @Override
  public void defaults(ObjectNode storageClass) {
    otherwise(storageClass, "reclaimPolicy", "Delete");
    otherwise(storageClass, "volumeBindingMode", "Immediate");
  }

  @Override
  public void validate(ObjectNode storageClass, @Nullable ObjectNode old, FieldErrors errors) {
    StorageClassRules.check(storageClass, old, errors);
  }

  @Override
  public List<TableColumn> columns() {
    return COLUMNS;
  }

  private static final List<TableColumn> COLUMNS =
      List.of(
          new TableColumn(
              TableColumn.NAME.heading(),
              (object, now) -> Metadata.name(object) + (isDefault(object) ? " (default)" : "")),
          TableColumn.text("Provisioner", object -> Tree.text(object, "provisioner")),
          TableColumn.text("ReclaimPolicy", object -> Tree.text(object, "reclaimPolicy")),
          TableColumn.text("VolumeBindingMode", object -> Tree.text(object, "volumeBindingMode")),
          new TableColumn(
              new Printer.Column("AllowVolumeExpansion", "boolean", "", "AllowVolumeExpansion", 0),
              (object, now) -> Tree.flag(object, "allowVolumeExpansion")),
          TableColumn.AGE);
}
