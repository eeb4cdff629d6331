package io.ordinal.server;

import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /// The group of the agents of nodes.
  public static final String NODES = "system:nodes";

  /// A request without credentials.
  public static final User ANONYMOUS =
      new User("system:anonymous", "", Set.of("system:unauthenticated"), Map.of());

  private static final String NODE = "system:node:";
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
    return new User(NODE + nodeName, "", Set.of(NODES, AUTHENTICATED), Map.of());
  }

  /// One of Kubernetes' own controllers in this process, for example `statefulset-controller`, by
  /// the service account that upstream gives it.
  public static User controller(String controllerName) {
    return serviceAccount("kube-system", controllerName, "", Map.of());
  }

  /// A service account with the uid and the extra facts that its token proved.
  public static User serviceAccount(
      String namespace, String name, String uid, Map<String, List<String>> extra) {
    var account = new Account(namespace, name);
    return new User(serviceAccountName(namespace, name), uid, account.groups(), extra);
  }

  /// `system:serviceaccount:<namespace>:<name>`.
  public static String serviceAccountName(String namespace, String name) {
    return SERVICE_ACCOUNT + namespace + ":" + name;
  }

  /// The account whom a user's name speaks of: `system:serviceaccount:<namespace>:<name>`.
  public static Optional<Account> serviceAccount(String userName) {
    if (!userName.startsWith(SERVICE_ACCOUNT)) return Optional.empty();
    var parts = userName.substring(SERVICE_ACCOUNT.length()).split(":", -1);
    return parts.length == 2 && !parts[0].isEmpty() && !parts[1].isEmpty()
        ? Optional.of(new Account(parts[0], parts[1]))
        : Optional.empty();
  }

  /// A service account as a user.
  public record Account(String namespace, String name) {
    /// The groups that every account of the namespace is in.
    public Set<String> groups() {
      return Set.of("system:serviceaccounts", "system:serviceaccounts:" + namespace, AUTHENTICATED);
    }
  }

  /// The name of the node whose agent the user is; "" for everybody else.
  public String nodeName() {
    return in(NODES) && name.startsWith(NODE) ? name.substring(NODE.length()) : "";
  }

  /// Whether the user belongs to a group.
  public boolean in(String group) {
    return groups.contains(group);
  }
}
