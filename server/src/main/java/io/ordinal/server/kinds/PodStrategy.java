package io.ordinal.server.kinds;

import static io.ordinal.server.registry.Strategy.textAt;
import static io.ordinal.server.tree.Tree.otherwise;

import io.ordinal.server.registry.Strategy;
import io.ordinal.server.registry.TableColumn;
import io.ordinal.server.registry.Trait;
import io.ordinal.server.tree.Tree;
import io.ordinal.server.validation.FieldErrors;
import io.ordinal.server.validation.FieldPath;
import io.ordinal.server.validation.PodRules;
import io.ordinal.server.validation.PodWarnings;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Pods: deleted with grace, mostly unchangeable, and printed with care.
final class PodStrategy implements Strategy {

  @Override
  public Set<Trait> traits() {
    return EnumSet.of(Trait.COUNTS_GENERATIONS, Trait.DELETE_ANSWERS_OBJECT);
  }

  @Override
  public void prepareNew(ObjectNode pod) {
    withRequests(Tree.make(pod, "spec"));
    pod.set("status", Tree.object("phase", "Pending"));
  }

  /// Kubelets of old sent owner references with a status, and damaged them.
  @Override
  public void prepareStatus(ObjectNode pod, ObjectNode old) {
    Tree.carry("ownerReferences", Tree.make(old, "metadata"), Tree.make(pod, "metadata"));
    var status = Tree.make(pod, "status");
    otherwise(status, "qosClass", Tree.text(old, "status", "qosClass"));
  }

  @Override
  public void defaults(ObjectNode pod) {
    var spec = Tree.make(pod, "spec");
    PodSpecDefaults.fill(spec);
    withRequests(spec);
    var status = Tree.make(pod, "status");
    if (!status.has("qosClass")) status.put("qosClass", QosClass.of(spec));
    otherwise(spec, "enableServiceLinks", true);
    if (Tree.flag(spec, "hostNetwork")) hostPorts(spec);
    if (Tree.number(0, spec, "terminationGracePeriodSeconds") < 0) {
      spec.put("terminationGracePeriodSeconds", 1);
    }
  }

  /// Who limits a resource and does not say what is needed needs as much.
  private static ObjectNode withRequests(ObjectNode spec) {
    for (var container : PodSpecDefaults.allContainers(spec)) {
      var limits = Tree.textMap(container, "resources", "limits");
      if (limits.isEmpty()) continue;
      var requests = Tree.make(container, "resources", "requests");
      limits.forEach((name, amount) -> otherwise(requests, name, amount));
    }
    return spec;
  }

  private static void hostPorts(ObjectNode spec) {
    for (var container : PodSpecDefaults.allContainers(spec)) {
      for (var port : Tree.objects(container, "ports")) {
        if (Tree.number(0, port, "hostPort") == 0)
          Tree.carryAs("containerPort", port, "hostPort", port);
      }
    }
  }

  @Override
  public void validate(ObjectNode pod, @Nullable ObjectNode old, FieldErrors errors) {
    PodRules.check(pod, old, errors);
  }

  @Override
  public List<String> warnings(ObjectNode pod) {
    return PodWarnings.of(Tree.find(pod, "spec"), FieldPath.SPEC);
  }

  @Override
  public OptionalLong gracePeriod(ObjectNode pod, OptionalLong asked) {
    var grace = asked.orElse(Tree.number(30, pod, "spec", "terminationGracePeriodSeconds"));
    if (grace < 0) grace = 1;
    var runs = !Tree.text(pod, "spec", "nodeName").isEmpty() && !hasEnded(pod);
    return OptionalLong.of(runs ? grace : 0);
  }

  private static boolean hasEnded(ObjectNode pod) {
    return switch (Tree.text(pod, "status", "phase")) {
      case "Succeeded", "Failed" -> true;
      default -> false;
    };
  }

  @Override
  public Map<String, Function<ObjectNode, String>> selectableFields() {
    return FIELDS;
  }

  private static final Map<String, Function<ObjectNode, String>> FIELDS =
      Map.of(
          "spec.nodeName", textAt("spec", "nodeName"),
          "spec.restartPolicy", textAt("spec", "restartPolicy"),
          "spec.schedulerName", textAt("spec", "schedulerName"),
          "spec.serviceAccountName", textAt("spec", "serviceAccountName"),
          "spec.hostNetwork", pod -> Boolean.toString(Tree.flag(pod, "spec", "hostNetwork")),
          "status.phase", textAt("status", "phase"),
          "status.podIP", textAt("status", "podIP"),
          "status.podIPs", textAt("status", "podIP"),
          "status.nominatedNodeName", textAt("status", "nominatedNodeName"));

  @Override
  public List<TableColumn> columns() {
    return COLUMNS;
  }

  private static final List<TableColumn> COLUMNS =
      List.of(
          TableColumn.NAME,
          TableColumn.text("Ready", PodCells::ready),
          TableColumn.text("Status", PodCells::status),
          TableColumn.cell("Restarts", PodCells::restarts),
          TableColumn.AGE,
          TableColumn.text("IP", pod -> Cells.orNone(Tree.text(pod, "status", "podIP"))).wide(),
          TableColumn.text("Node", pod -> Cells.orNone(Tree.text(pod, "spec", "nodeName"))).wide(),
          TableColumn.text(
                  "Nominated Node",
                  pod -> Cells.orNone(Tree.text(pod, "status", "nominatedNodeName")))
              .wide(),
          TableColumn.text("Readiness Gates", PodCells::readinessGates).wide());

  @Override
  public List<JsonNode> rowConditions(ObjectNode pod) {
    if (!hasEnded(pod)) return List.of();
    var phase = Tree.text(pod, "status", "phase");
    var message =
        phase.equals("Failed") ? "The pod failed." : "The pod has completed successfully.";
    return List.of(
        Tree.object("type", "Completed")
            .put("status", "True")
            .put("reason", phase)
            .put("message", message));
  }
}
