package io.ordinal.server.kinds;

import io.ordinal.schema.Quantity;
import io.ordinal.server.tree.Tree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// How well a pod is protected when a node runs short: by what it asks for.
final class QosClass {
  private static final List<String> COUNTED = List.of("cpu", "memory");

  private QosClass() {}

  /// Guaranteed, Burstable or BestEffort.
  static String of(ObjectNode spec) {
    var requests = new HashMap<String, Quantity>();
    var limits = new HashMap<String, Quantity>();
    var guaranteed = true;
    for (var list : List.of("containers", "initContainers")) {
      for (var container : Tree.objects(spec, list)) {
        var resources = Tree.find(container, "resources");
        guaranteed &= limitsBoth(resources);
        add(resources, "requests", requests);
        add(resources, "limits", limits);
      }
    }
    if (requests.isEmpty() && limits.isEmpty()) return "BestEffort";
    return guaranteed && requests.equals(limits) ? "Guaranteed" : "Burstable";
  }

  private static boolean limitsBoth(@Nullable ObjectNode resources) {
    return COUNTED.stream().allMatch(name -> amount(resources, "limits", name).signum() > 0);
  }

  private static void add(@Nullable ObjectNode resources, String side, Map<String, Quantity> sums) {
    for (var name : COUNTED) {
      var amount = amount(resources, side, name);
      if (amount.signum() > 0) sums.merge(name, amount, Quantity::plus);
    }
  }

  private static Quantity amount(@Nullable ObjectNode resources, String side, String name) {
    var text = Tree.text(resources, side, name);
    return text.isEmpty() ? Quantity.ZERO : Quantity.parse(text);
  }
}
