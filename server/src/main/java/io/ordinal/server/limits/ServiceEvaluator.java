package io.ordinal.server.limits;

import io.ordinal.schema.Quantity;
import io.ordinal.server.registry.Attributes;
import io.ordinal.server.tree.Tree;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/// Services: their number, the node ports that they want, and the load balancers.
record ServiceEvaluator() implements Evaluator {
  private static final Set<String> COUNTED =
      Set.of("count/services", "services", "services.nodeports", "services.loadbalancers");

  /// Its type can change.
  @Override
  public boolean handles(Attributes about) {
    return true;
  }

  @Override
  public boolean counts(String resource) {
    return COUNTED.contains(resource);
  }

  @Override
  public Map<String, Quantity> usage(ObjectNode service, Instant now) {
    var type = Tree.text(service, "spec", "type");
    var usage = new TreeMap<String, Quantity>();
    usage.put("count/services", Quantity.of(1));
    usage.put("services", Quantity.of(1));
    usage.put("services.nodeports", Quantity.of(nodePorts(service, type)));
    usage.put("services.loadbalancers", Quantity.of(type.equals("LoadBalancer") ? 1 : 0));
    return usage;
  }

  /// They are not handed out yet when this is asked: what counts is how many it wants.
  private static long nodePorts(ObjectNode service, String type) {
    var ports = Tree.objects(service, "spec", "ports");
    var allocated = Tree.at(service, "spec", "allocateLoadBalancerNodePorts");
    return switch (type) {
      case "NodePort" -> ports.size();
      case "LoadBalancer" -> {
        if (allocated == null || allocated.booleanValue(true)) yield ports.size();
        yield ports.stream().filter(port -> Tree.number(0, port, "nodePort") != 0).count();
      }
      default -> 0;
    };
  }
}
