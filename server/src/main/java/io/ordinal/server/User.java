package io.ordinal.server;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who asks: the answer of authentication, known already for a caller in this process.
///
/// @param name the user's name, `system:anonymous` when no credentials were given
/// @param uid the uid of a service account, else ""
/// @param groups every group, `system:authenticated` included
/// @param extra further facts about the credentials, such as the pod that a token is bound to
public record User(String name, String uid, Set<String> groups, Map<String, List<String>> extra) {
  /// The group of everybody whose credentials were accepted.
  public static final String AUTHENTICATED = "system:authenticated";

  /// The group that may do everything.
  public static final String MASTERS = "system:masters";

  /// The group of the controllers in this process, which may do what all of them together need. No
  /// credentials carry it.
  public static final String CONTROLLERS = "ordinal:controllers";

  /// A request without credentials.
  public static final User ANONYMOUS =
      new User("system:anonymous", "", Set.of("system:unauthenticated"), Map.of());

  private static final String SERVICE_ACCOUNT = "system:serviceaccount:";

  public User {
    groups = Set.copyOf(groups);
    extra = Map.copyOf(extra);
  }

  /// The administrator of `admin.conf`.
  public static User admin() {
    return new User("kubernetes-admin", "", Set.of(MASTERS, AUTHENTICATED), Map.of());
  }

  /// A part of the control plane with its upstream identity and no more rights than its name has,
  /// for example `system:kube-scheduler`.
  public static User part(String name) {
    return new User(name, "", Set.of(AUTHENTICATED), Map.of());
  }

  /// The agent of a node.
  public static User node(String nodeName) {
    return new User("system:node:" + nodeName, "", Set.of("system:nodes", AUTHENTICATED), Map.of());
  }

  /// One of Kubernetes' own controllers in this process, for example `statefulset-controller`: the
  /// service account of upstream's name, and the group that makes it more than that.
  public static User controller(String controllerName) {
    var account = serviceAccount("kube-system", controllerName, "", Map.of());
    var groups = new HashSet<>(account.groups);
    groups.add(CONTROLLERS);
    return new User(account.name, "", groups, Map.of());
  }

  /// The controllers in this process where they act as one: for the informers that all share.
  public static User controllerManager() {
    return new User(
        "system:kube-controller-manager", "", Set.of(CONTROLLERS, AUTHENTICATED), Map.of());
  }

  /// A service account with the uid and the extra facts that its token proved.
  public static User serviceAccount(
      String namespace, String name, String uid, Map<String, List<String>> extra) {
    return new User(
        SERVICE_ACCOUNT + namespace + ":" + name,
        uid,
        Set.of("system:serviceaccounts", "system:serviceaccounts:" + namespace, AUTHENTICATED),
        extra);
  }

  /// The user as whoever comes with credentials is known: without the groups that only callers in
  /// this process have.
  public User fromOutside() {
    if (!in(CONTROLLERS)) return this;
    var given = new HashSet<>(groups);
    given.remove(CONTROLLERS);
    return new User(name, uid, given, extra);
  }

  /// Whether the user belongs to a group.
  public boolean in(String group) {
    return groups.contains(group);
  }
}
