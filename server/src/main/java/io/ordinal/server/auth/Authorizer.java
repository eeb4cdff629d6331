package io.ordinal.server.auth;

import io.ordinal.server.ApiException;
import io.ordinal.server.Status;
import io.ordinal.server.User;
import io.ordinal.server.rbac.Action;
import io.ordinal.server.rbac.Decision;
import io.ordinal.server.rbac.PolicyRule;
import io.ordinal.server.rbac.RuleResolver;
import io.ordinal.server.registry.Kinds;
import io.ordinal.server.registry.Objects;
import io.ordinal.server.registry.ObservedStore;
import java.util.List;
import java.util.concurrent.Executor;

/// Says whether a user may do something: `system:masters` everything, the agent of a node what is
/// its node's, all others and whatever else what their roles say (contract G2).
public final class Authorizer {
  private final RuleResolver roles;
  private final NodeAuthorizer nodes;

  private Authorizer(RuleResolver roles, NodeGraph graph) {
    this.roles = roles;
    this.nodes = new NodeAuthorizer(graph);
  }

  /// Asks the roles, and for nodes what their pods need.
  ///
  /// @param pumps on which the pods that are there already are looked into
  public static Authorizer of(
      RuleResolver roles, ObservedStore store, Kinds kinds, Objects objects, Executor pumps) {
    return new Authorizer(roles, new NodeGraph(store, kinds, objects, pumps));
  }

  /// Whether the user may.
  public boolean allows(User user, Action action) {
    return user.in(User.MASTERS) || asNode(user, action).allowed() || roles.allows(user, action);
  }

  /// Whether the user may, and why or why not.
  public Decision decide(User user, Action action) {
    if (user.in(User.MASTERS)) return Decision.YES;
    var asNode = asNode(user, action);
    if (asNode.allowed()) return asNode;
    var byRoles = roles.decide(user, action);
    if (byRoles.allowed() || asNode.reason().isEmpty()) return byRoles;
    return byRoles.reason().isEmpty()
        ? asNode
        : Decision.no(asNode.reason() + ", " + byRoles.reason());
  }

  private Decision asNode(User user, Action action) {
    var node = user.nodeName();
    return node.isEmpty() ? Decision.no("") : nodes.decide(node, action);
  }

  /// Everything that the user may do in a namespace.
  List<PolicyRule> rules(User user, String namespace) {
    return roles.rulesFor(user, namespace);
  }

  /// @throws ApiException 403 when the user may not
  public void check(User user, Action action) {
    if (allows(user, action)) return;
    throw new ApiException(refusal(user, action, decide(user, action).reason()));
  }

  private static Status refusal(User user, Action action, String reason) {
    var because = reason.isEmpty() ? "" : ": " + reason;
    return switch (action) {
      case Action.OnPath path ->
          Status.failure(
              403,
              "Forbidden",
              "forbidden: User \""
                  + user.name()
                  + "\" cannot "
                  + path.verb()
                  + " path \""
                  + path.path()
                  + '"'
                  + because);
      case Action.OnResource resource ->
          Status.forbidden(
              resource.group(),
              resource.resource(),
              resource.name(),
              sentence(user, resource) + because);
    };
  }

  private static String sentence(User user, Action.OnResource action) {
    var where =
        action.namespace().isEmpty()
            ? " at the cluster scope"
            : " in the namespace \"" + action.namespace() + "\"";
    return "User \""
        + user.name()
        + "\" cannot "
        + action.verb()
        + " resource \""
        + action.path()
        + "\" in API group \""
        + action.group()
        + "\""
        + where;
  }
}
