package io.ordinal.server.auth;

import io.ordinal.server.auth.PodNeeds.Thing;
import io.ordinal.server.rbac.Action;
import io.ordinal.server.rbac.BootstrapPolicy;
import io.ordinal.server.rbac.Decision;
import io.ordinal.server.rbac.PolicyRule;
import java.util.List;
import java.util.Set;

/// What the agent of a node may do: what `system:node` says, and of that only what is its node's
/// own (as upstream's Node authoriser has it). It reads the secrets, config maps, claims and
/// volumes that pods on it need, those pods, its Node and its lease, and asks for tokens of their
/// accounts.
final class NodeAuthorizer {
  private static final Set<String> READS = Set.of("get", "list", "watch");
  private static final String LEASES = "kube-node-lease";
  private static final Decision ELSEWHERE = Decision.no("");

  private final NodeGraph graph;
  private final List<PolicyRule> rules = BootstrapPolicy.rules("system:node");

  NodeAuthorizer(NodeGraph graph) {
    this.graph = graph;
  }

  Decision decide(String node, Action action) {
    return switch (action) {
      case Action.OnPath _ -> ELSEWHERE;
      case Action.OnResource on -> decide(node, on);
    };
  }

  private Decision decide(String node, Action.OnResource on) {
    return switch (on.group() + "/" + on.resource()) {
      case "/secrets", "/configmaps" -> readOne(node, on, READS);
      case "/persistentvolumeclaims" ->
          on.subresource().equals("status") ? related(node, on) : readOne(node, on, Set.of("get"));
      case "/persistentvolumes" -> readOne(node, on, Set.of("get"));
      case "/serviceaccounts" -> token(node, on);
      case "/nodes" -> ownNode(node, on);
      case "/pods" -> pod(node, on);
      case "coordination.k8s.io/leases" -> lease(node, on);
      case "storage.k8s.io/csinodes" ->
          named(node, on, "can only access CSINode with the same name as the requesting node");
      default -> byRules(on);
    };
  }

  private Decision readOne(String node, Action.OnResource on, Set<String> verbs) {
    if (!verbs.contains(on.verb())) {
      return Decision.no(
          verbs.size() == 1
              ? "can only get individual resources of this type"
              : "can only read resources of this type");
    }
    if (!on.subresource().isEmpty()) return Decision.no("cannot read subresource");
    return related(node, on);
  }

  private Decision related(String node, Action.OnResource on) {
    if (on.name().isEmpty()) return Decision.no("No Object name found");
    if (!graph.leads(node, new Thing(on.resource(), on.namespace(), on.name()))) {
      return Decision.no("no relationship found between node '" + node + "' and this object");
    }
    return byRules(on);
  }

  private Decision token(String node, Action.OnResource on) {
    if (!on.verb().equals("create") || !on.subresource().equals("token")) {
      return Decision.no("can only create tokens for individual service accounts");
    }
    return related(node, on);
  }

  private Decision ownNode(String node, Action.OnResource on) {
    if (!READS.contains(on.verb())) return byRules(on);
    return on.name().equals(node)
        ? byRules(on)
        : Decision.no(
            "node '"
                + node
                + "' cannot read "
                + others(on.name(), "nodes")
                + ", only its own Node object");
  }

  private Decision pod(String node, Action.OnResource on) {
    return switch (on.verb()) {
      case "get" -> on.subresource().isEmpty() ? related(node, on) : byRules(on);
      case "list", "watch" ->
          on.nodeName().equals(node)
              ? byRules(on)
              : Decision.no("can only list/watch pods with spec.nodeName field selector");
      default -> byRules(on);
    };
  }

  private static String others(String name, String all) {
    return name.isEmpty() ? "all " + all : "'" + name + "'";
  }

  private Decision lease(String node, Action.OnResource on) {
    return on.namespace().equals(LEASES)
        ? named(node, on, "can only access node lease with the same name as the requesting node")
        : Decision.no("can only access leases in the \"" + LEASES + "\" system namespace");
  }

  /// What is created has no name in its URL: admission looks at it.
  private Decision named(String node, Action.OnResource on, String otherwise) {
    var creates = on.verb().equals("create") && on.name().isEmpty();
    return creates || on.name().equals(node) ? byRules(on) : Decision.no(otherwise);
  }

  private Decision byRules(Action.OnResource on) {
    for (var rule : rules) {
      if (rule.allows(on)) return Decision.YES;
    }
    return ELSEWHERE;
  }
}
