package io.ordinal.server.validation;

import io.ordinal.server.tree.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What is allowed in a pod's spec, and still hardly meant.
public final class PodWarnings {
  private static final Map<String, String> OLD_LABELS =
      Map.of(
          "beta.kubernetes.io/arch", "kubernetes.io/arch",
          "beta.kubernetes.io/os", "kubernetes.io/os",
          "beta.kubernetes.io/instance-type", "node.kubernetes.io/instance-type",
          "failure-domain.beta.kubernetes.io/region", "topology.kubernetes.io/region",
          "failure-domain.beta.kubernetes.io/zone", "topology.kubernetes.io/zone");

  private PodWarnings() {}

  /// Sentences for the client, as upstream words them.
  public static List<String> of(@Nullable ObjectNode spec, FieldPath path) {
    var warnings = new ArrayList<String>();
    for (var label : Tree.textMap(spec, "nodeSelector").keySet()) {
      var now = OLD_LABELS.get(label);
      if (now == null) continue;
      warnings.add(
          path.child("nodeSelector").key(label) + ": deprecated; use \"" + now + "\" instead");
    }
    if (Tree.number(0, spec, "terminationGracePeriodSeconds") < 0) {
      warnings.add(
          path.child("terminationGracePeriodSeconds")
              + ": must be >= 0; negative values are invalid and will be treated as 1");
    }
    var volumes = Tree.objects(spec, "volumes");
    for (var i = 0; i < volumes.size(); i++) {
      if (!Tree.has(volumes.get(i), "gitRepo")) continue;
      warnings.add(
          path.child("volumes").index(i).child("gitRepo")
              + ": deprecated in v1.11, and disabled by default in v1.33+");
    }
    for (var list : List.of("initContainers", "containers")) {
      var containers = Tree.objects(spec, list);
      for (var i = 0; i < containers.size(); i++) {
        container(containers.get(i), path.child(list).index(i), warnings);
      }
    }
    return warnings;
  }

  private static void container(ObjectNode container, FieldPath path, List<String> warnings) {
    var variables = new HashMap<String, String>();
    var env = Tree.objects(container, "env");
    for (var i = 0; i < env.size(); i++) {
      var name = Tree.text(env.get(i), "name");
      var value = Tree.text(env.get(i), "value");
      // A value that is made of the one before hides nothing.
      var hides = variables.containsKey(name) && !value.contains("$(" + name + ")");
      if (hides) {
        warnings.add(
            path.child("env").index(i)
                + ": hides previous definition of \""
                + name
                + "\", which may be dropped when using apply");
      }
      variables.put(name, value);
    }
    ports(container, path.child("ports"), warnings);
    for (var list : List.of("limits", "requests")) {
      Tree.textMap(container, "resources", list)
          .forEach((name, amount) ->
              fraction(name, amount, path.child("resources").child(list).key(name), warnings));
    }
  }

  private static void ports(ObjectNode container, FieldPath path, List<String> warnings) {
    var seen = new HashMap<String, FieldPath>();
    var ports = Tree.objects(container, "ports");
    for (var i = 0; i < ports.size(); i++) {
      var port = ports.get(i);
      var key =
          Tree.number(0, port, "containerPort")
              + "/"
              + Tree.text(port, "protocol")
              + "/"
              + Tree.text(port, "hostIP")
              + "/"
              + Tree.number(0, port, "hostPort");
      var first = seen.putIfAbsent(key, path.index(i));
      if (first != null) {
        warnings.add(path.index(i) + ": duplicate port definition with " + first);
      }
    }
  }

  /// Bytes come whole.
  private static void fraction(String name, String amount, FieldPath path, List<String> warnings) {
    var bytes = name.equals("memory") || name.equals("ephemeral-storage");
    if (bytes && Checks.quantity(amount).value().stripTrailingZeros().scale() > 0) {
      warnings.add(
          path + ": fractional byte value \"" + amount + "\" is invalid, must be an integer");
    }
  }
}
