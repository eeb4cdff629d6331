package io.ordinal.server.auth;

import io.ordinal.server.User;
import java.util.List;
import java.util.Set;

/// What the identities of the control plane may do, where no role says so: upstream's bootstrap
/// roles for them, drawn a little wider. The controllers are known by their group and not by their
/// names: whoever may make a service account in kube-system may give it any name.
final class BuiltInRules {
  private static final Set<String> WRITE = Set.of("create", "update", "patch", "delete");
  private static final Set<String> CHANGE = Set.of("update", "patch");
  private static final Set<String> ALL = Set.of("*");

  /// Everybody who is known may ask about himself.
  private static final List<Rule> AUTHENTICATED =
      List.of(
          Rule.of("authentication.k8s.io", Set.of("create"), "selfsubjectreviews"),
          Rule.of(
              "authorization.k8s.io",
              Set.of("create"),
              "selfsubjectaccessreviews",
              "selfsubjectrulesreviews"));

  private static final List<Rule> EVENTS =
      List.of(
          Rule.of("", Set.of("create", "update", "patch"), "events"),
          Rule.of("events.k8s.io", Set.of("create", "update", "patch"), "events"));

  private static final List<Rule> NODE =
      List.of(
          Rule.read("", "*"),
          Rule.read("discovery.k8s.io", "endpointslices"),
          Rule.read("storage.k8s.io", "*"),
          Rule.read("node.k8s.io", "runtimeclasses"),
          Rule.of("", WRITE, "nodes", "nodes/status"),
          Rule.of("", WRITE, "pods"),
          Rule.of("", CHANGE, "pods/status"),
          Rule.of("", Set.of("create"), "pods/eviction", "serviceaccounts/token"),
          Rule.of("", CHANGE, "persistentvolumeclaims/status", "persistentvolumes/status"),
          Rule.of("coordination.k8s.io", ALL, "leases"),
          Rule.of("storage.k8s.io", WRITE, "csinodes"),
          Rule.of("certificates.k8s.io", Set.of("create", "get"), "certificatesigningrequests"));

  private static final List<Rule> SCHEDULER =
      List.of(
          Rule.read("", "*"),
          Rule.read("apps", "*"),
          Rule.read("policy", "poddisruptionbudgets"),
          Rule.read("storage.k8s.io", "*"),
          Rule.read("scheduling.k8s.io", "*"),
          Rule.of("", Set.of("create"), "bindings", "pods/binding"),
          Rule.of("", Set.of("delete"), "pods"),
          Rule.of("", CHANGE, "pods/status", "persistentvolumeclaims", "persistentvolumes"),
          Rule.of("coordination.k8s.io", ALL, "leases"));

  private static final List<Rule> PROXY =
      List.of(
          Rule.read("", "services", "endpoints", "nodes", "namespaces"),
          Rule.read("discovery.k8s.io", "endpointslices"));

  private static final List<Rule> CONTROLLER = List.of(Rule.everything());

  private BuiltInRules() {}

  /// The rules of a user who is not of `system:masters`.
  static List<List<Rule>> of(User user) {
    if (!user.in(User.AUTHENTICATED)) {
      return List.of();
    }
    if (user.in(User.CONTROLLERS)) {
      return List.of(CONTROLLER);
    }
    var name = user.name();
    if (name.startsWith("system:node:") && user.in("system:nodes")) {
      return List.of(AUTHENTICATED, EVENTS, NODE);
    }
    if (name.equals("system:kube-scheduler")) {
      return List.of(AUTHENTICATED, EVENTS, SCHEDULER);
    }
    if (name.equals("system:kube-proxy")) {
      return List.of(AUTHENTICATED, EVENTS, PROXY);
    }
    return List.of(AUTHENTICATED);
  }
}
