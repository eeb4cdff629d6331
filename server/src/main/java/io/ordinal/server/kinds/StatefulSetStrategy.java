package io.ordinal.server.kinds;

import static io.ordinal.server.tree.Tree.otherwise;

import io.ordinal.server.registry.Strategy;
import io.ordinal.server.registry.TableColumn;
import io.ordinal.server.registry.Trait;
import io.ordinal.server.tree.Tree;
import io.ordinal.server.validation.FieldErrors;
import io.ordinal.server.validation.FieldPath;
import io.ordinal.server.validation.Names;
import io.ordinal.server.validation.PodWarnings;
import io.ordinal.server.validation.StatefulSetRules;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// StatefulSets (statefulset-semantics 1.1 to 1.5).
final class StatefulSetStrategy implements Strategy {
  private static final int HISTORY = 10;

  @Override
  public Set<Trait> traits() {
    return EnumSet.of(Trait.COUNTS_GENERATIONS);
  }

  @Override
  public String checkName(String name) {
    return Names.isLabel(name) ? "" : Names.LABEL_RULE;
  }

  @Override
  public void prepareNew(ObjectNode set) {
    set.set("status", Tree.object().put("replicas", 0));
  }

  @Override
  public void defaults(ObjectNode set) {
    var spec = Tree.make(set, "spec");
    otherwise(spec, "replicas", 1);
    otherwise(spec, "podManagementPolicy", "OrderedReady");
    otherwise(spec, "revisionHistoryLimit", HISTORY);
    updateStrategy(Tree.make(spec, "updateStrategy"));
    var retention = Tree.make(spec, "persistentVolumeClaimRetentionPolicy");
    otherwise(retention, "whenDeleted", "Retain");
    otherwise(retention, "whenScaled", "Retain");
    PodSpecDefaults.fill(Tree.make(spec, "template", "spec"));
    for (var claim : Tree.objects(spec, "volumeClaimTemplates")) {
      claim.put("apiVersion", "v1").put("kind", "PersistentVolumeClaim");
      ClaimStrategy.fill(claim);
      otherwise(Tree.make(claim, "status"), "phase", "Pending");
    }
    Tree.make(set, "status");
  }

  private static void updateStrategy(ObjectNode strategy) {
    if (Tree.text(strategy, "type").isEmpty()) {
      strategy.put("type", "RollingUpdate");
      Tree.make(strategy, "rollingUpdate");
    }
    if (!(strategy.get("rollingUpdate") instanceof ObjectNode rolling)) return;
    if (!Tree.text(strategy, "type").equals("RollingUpdate")) return;
    otherwise(rolling, "partition", 0);
    otherwise(rolling, "maxUnavailable", 1);
  }

  @Override
  public void validate(ObjectNode set, @Nullable ObjectNode old, FieldErrors errors) {
    StatefulSetRules.check(set, old, errors);
  }

  @Override
  public void validateStatus(ObjectNode set, ObjectNode old, FieldErrors errors) {
    StatefulSetRules.checkStatus(set, old, errors);
  }

  @Override
  public List<String> warnings(ObjectNode set) {
    var template = FieldPath.of("spec", "template", "spec");
    var warnings = PodWarnings.of(Tree.find(set, "spec", "template", "spec"), template);
    if (Tree.number(0, set, "spec", "revisionHistoryLimit") < 0) {
      warnings.add(
          "spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended");
    }
    return warnings;
  }

  @Override
  public List<TableColumn> columns() {
    return COLUMNS;
  }

  private static final List<TableColumn> COLUMNS =
      List.of(
          TableColumn.NAME,
          TableColumn.text(
              "Ready",
              set ->
                  Tree.number(0, set, "status", "readyReplicas")
                      + "/"
                      + Tree.number(0, set, "spec", "replicas")),
          TableColumn.AGE,
          Cells.containers(),
          Cells.images());
}
