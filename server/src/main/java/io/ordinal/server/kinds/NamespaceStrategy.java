package io.ordinal.server.kinds;

import io.ordinal.server.registry.Metadata;
import io.ordinal.server.registry.Strategy;
import io.ordinal.server.registry.TableColumn;
import io.ordinal.server.registry.Trait;
import io.ordinal.server.tree.Tree;
import io.ordinal.server.validation.Names;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Namespaces: they stay, terminating, until a controller has emptied them and takes their own
/// finalizer away (contract H1).
final class NamespaceStrategy implements Strategy {
  private static final String FINALIZER = "kubernetes";
  private static final String NAME_LABEL = "kubernetes.io/metadata.name";

  @Override
  public Set<Trait> traits() {
    return EnumSet.of(Trait.DELETE_ANSWERS_OBJECT);
  }

  @Override
  public String checkName(String name) {
    return Names.isLabel(name) ? "" : Names.LABEL_RULE;
  }

  @Override
  public void prepareNew(ObjectNode namespace) {
    namespace.set("status", Tree.object("phase", "Active"));
    var finalizers = Tree.makeList(Tree.make(namespace, "spec"), "finalizers");
    if (!holds(finalizers)) finalizers.add(FINALIZER);
  }

  private static boolean holds(ArrayNode finalizers) {
    for (var finalizer : finalizers) if (finalizer.asString("").equals(FINALIZER)) return true;
    return false;
  }

  @Override
  public void prepareChange(ObjectNode namespace, ObjectNode old) {
    Tree.carry("finalizers", Tree.make(old, "spec"), Tree.make(namespace, "spec"));
  }

  @Override
  public void defaults(ObjectNode namespace) {
    Tree.make(namespace, "metadata", "labels").put(NAME_LABEL, Metadata.name(namespace));
  }

  @Override
  public boolean heldBack(ObjectNode namespace) {
    return !Tree.texts(namespace, "spec", "finalizers").isEmpty();
  }

  @Override
  public void markDeleting(ObjectNode namespace, Instant now) {
    Tree.make(namespace, "status").put("phase", "Terminating");
  }

  @Override
  public Map<String, Function<ObjectNode, String>> selectableFields() {
    return Map.of("status.phase", Strategy.textAt("status", "phase"), "name", Metadata::name);
  }

  @Override
  public List<TableColumn> columns() {
    return List.of(
        TableColumn.NAME,
        TableColumn.text("Status", namespace -> Tree.text(namespace, "status", "phase")),
        TableColumn.AGE);
  }
}
