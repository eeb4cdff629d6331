package io.ordinal.server.custom;

import io.ordinal.server.registry.Kind;
import io.ordinal.server.registry.Metadata;
import io.ordinal.server.registry.Strategy;
import io.ordinal.server.registry.TableColumn;
import io.ordinal.server.registry.Trait;
import io.ordinal.server.tree.Conditions;
import io.ordinal.server.tree.Tree;
import io.ordinal.server.validation.DefinitionRules;
import io.ordinal.server.validation.FieldErrors;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// CustomResourceDefinitions. What a stored one means for the kinds that are served is
/// [Definitions]' business.
final class DefinitionStrategy implements Strategy {
  private final Runnable written;

  private DefinitionStrategy(Runnable written) {
    this.written = written;
  }

  /// @param written runs after each change of a definition
  static Kind kind(Runnable written) {
    return Kind.cluster(
            "apiextensions.k8s.io/v1", "CustomResourceDefinition", "customresourcedefinitions")
        .called("crd", "crds")
        .in("api-extensions")
        .withStatus()
        .ruledBy(new DefinitionStrategy(written));
  }

  @Override
  public Set<Trait> traits() {
    return EnumSet.of(Trait.COUNTS_GENERATIONS, Trait.UPDATED_BY_VERSION_ONLY);
  }

  @Override
  public void prepareNew(ObjectNode definition) {
    definition.remove("status");
    noteStorageVersion(definition);
  }

  @Override
  public void prepareChange(ObjectNode definition, ObjectNode old) {
    noteStorageVersion(definition);
  }

  /// In which versions objects may lie in the store.
  private static void noteStorageVersion(ObjectNode definition) {
    var version = new Definition(definition).storageVersion();
    var status = Tree.make(definition, "status");
    if (version.isEmpty() || Tree.texts(status, "storedVersions").contains(version)) return;
    Tree.makeList(status, "storedVersions").add(version);
  }

  @Override
  public void defaults(ObjectNode definition) {
    if (!(definition.get("spec") instanceof ObjectNode spec)) return;
    if (spec.get("names") instanceof ObjectNode names) {
      var kind = Tree.text(names, "kind");
      if (!kind.isEmpty()) {
        Tree.otherwise(names, "singular", kind.toLowerCase(Locale.ROOT));
        Tree.otherwise(names, "listKind", kind + "List");
      }
    }
    Tree.otherwise(Tree.make(spec, "conversion"), "strategy", "None");
  }

  @Override
  public void validate(ObjectNode definition, @Nullable ObjectNode old, FieldErrors errors) {
    DefinitionRules.check(definition, old, errors);
  }

  @Override
  public void validateStatus(ObjectNode definition, ObjectNode old, FieldErrors errors) {
    DefinitionRules.checkStoredVersions(definition, errors);
  }

  /// It goes by way of a finalizer, which takes its instances along.
  @Override
  public boolean heldBack(ObjectNode definition) {
    return !Metadata.isBeingDeleted(definition);
  }

  @Override
  public void markDeleting(ObjectNode definition, Instant now) {
    if (new Definition(definition).is(Definition.TERMINATING)) return;
    var finalizers = Tree.makeList(Metadata.of(definition), "finalizers");
    if (!Metadata.finalizers(definition).contains(Definition.FINALIZER)) {
      finalizers.add(Definition.FINALIZER);
    }
    var condition =
        Acceptance.condition(
            Definition.TERMINATING,
            true,
            "InstanceDeletionPending",
            "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon");
    Conditions.set(Tree.make(definition, "status"), condition, Metadata.time(now));
  }

  @Override
  public void written() {
    written.run();
  }

  @Override
  public List<TableColumn> columns() {
    return List.of(TableColumn.NAME, TableColumn.CREATED_AT);
  }
}
