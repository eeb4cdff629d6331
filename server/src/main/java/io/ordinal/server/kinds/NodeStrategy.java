package io.ordinal.server.kinds;

import io.ordinal.server.registry.Metadata;
import io.ordinal.server.registry.Strategy;
import io.ordinal.server.registry.TableColumn;
import io.ordinal.server.tree.Conditions;
import io.ordinal.server.tree.Tree;
import io.ordinal.server.validation.FieldErrors;
import io.ordinal.server.validation.NodeRules;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Nodes: their agent creates them with a status.
final class NodeStrategy implements Strategy {
  private static final String ROLE_PREFIX = "node-role.kubernetes.io/";
  private static final String ROLE = "kubernetes.io/role";

  @Override
  public void prepareNew(ObjectNode node) {
    fillAllocatable(node);
  }

  @Override
  public void prepareStatus(ObjectNode node, ObjectNode old) {
    fillAllocatable(node);
  }

  /// A node that reserves nothing can hand out all it has.
  private static void fillAllocatable(ObjectNode node) {
    var status = Tree.make(node, "status");
    if (!Tree.has(status, "allocatable")) Tree.carryAs("capacity", status, "allocatable", status);
  }

  @Override
  public void validate(ObjectNode node, @Nullable ObjectNode old, FieldErrors errors) {
    NodeRules.check(node, old, errors);
  }

  @Override
  public Map<String, Function<ObjectNode, String>> selectableFields() {
    return Map.of(
        "spec.unschedulable", node -> Boolean.toString(Tree.flag(node, "spec", "unschedulable")));
  }

  @Override
  public List<TableColumn> columns() {
    return COLUMNS;
  }

  private static final List<TableColumn> COLUMNS =
      List.of(
          TableColumn.NAME,
          TableColumn.text("Status", NodeStrategy::status),
          TableColumn.text("Roles", NodeStrategy::roles),
          TableColumn.AGE,
          TableColumn.text("Version", node -> info(node, "kubeletVersion")),
          TableColumn.text("Internal-IP", node -> address(node, "InternalIP")).wide(),
          TableColumn.text("External-IP", node -> address(node, "ExternalIP")).wide(),
          TableColumn.text("OS-Image", node -> orUnknown(info(node, "osImage"))).wide(),
          TableColumn.text("Kernel-Version", node -> orUnknown(info(node, "kernelVersion"))).wide(),
          TableColumn.text(
                  "Container-Runtime", node -> orUnknown(info(node, "containerRuntimeVersion")))
              .wide());

  private static String status(ObjectNode node) {
    var ready =
        Conditions.find(node, "Ready")
            .map(c -> Conditions.holds(c) ? "Ready" : "NotReady")
            .orElse("Unknown");
    return Tree.flag(node, "spec", "unschedulable") ? ready + ",SchedulingDisabled" : ready;
  }

  private static String roles(ObjectNode node) {
    var roles = new TreeSet<String>();
    Metadata.labels(node)
        .forEach((key, value) -> {
          if (key.startsWith(ROLE_PREFIX)) roles.add(key.substring(ROLE_PREFIX.length()));
          else if (key.equals(ROLE)) roles.add(value);
        });
    roles.remove("");
    return Cells.orNone(String.join(",", roles));
  }

  private static String address(ObjectNode node, String type) {
    for (var address : Tree.objects(node, "status", "addresses")) {
      if (Tree.text(address, "type").equals(type)) return Tree.text(address, "address");
    }
    return "<none>";
  }

  private static String info(ObjectNode node, String field) {
    return Tree.text(node, "status", "nodeInfo", field);
  }

  private static String orUnknown(String text) {
    return text.isEmpty() ? "<unknown>" : text;
  }
}
