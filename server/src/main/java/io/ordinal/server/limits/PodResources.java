package io.ordinal.server.limits;

import io.ordinal.schema.Quantity;
import io.ordinal.server.tree.Tree;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/// What a whole pod asks for, or is limited to: its containers and sidecars together, or the
/// hungriest moment of its init containers when that is more. What the pod says of itself as a
/// whole stands above both.
final class PodResources {
  private PodResources() {}

  /// @param side `requests` or `limits`
  static Map<String, Quantity> of(ObjectNode pod, String side) {
    var running = new TreeMap<String, Quantity>();
    var sidecars = new TreeMap<String, Quantity>();
    var peak = new TreeMap<String, Quantity>();
    for (var container : Tree.objects(pod, "spec", "initContainers")) {
      var own = Amounts.at(container, "resources", side);
      if (Tree.text(container, "restartPolicy").equals("Always")) {
        Amounts.add(sidecars, own);
        Amounts.raise(peak, sidecars);
      } else {
        Amounts.add(own, sidecars);
        Amounts.raise(peak, own);
      }
    }
    for (var container : Tree.objects(pod, "spec", "containers")) {
      Amounts.add(running, Amounts.at(container, "resources", side));
    }
    Amounts.add(running, sidecars);
    Amounts.raise(running, peak);
    Amounts.at(pod, "spec", "resources", side)
        .forEach((name, amount) -> {
          if (isOfPods(name)) running.put(name, amount);
        });
    return running;
  }

  /// The same with what the sandbox itself takes.
  static Map<String, Quantity> withOverhead(ObjectNode pod, String side) {
    var amounts = of(pod, side);
    Amounts.at(pod, "spec", "overhead")
        .forEach((name, amount) -> {
          if (side.equals("requests") || amounts.containsKey(name)) {
            amounts.merge(name, amount, Quantity::plus);
          }
        });
    return amounts;
  }

  private static boolean isOfPods(String name) {
    return name.equals("cpu") || name.equals("memory") || name.startsWith("hugepages-");
  }
}
