package io.ordinal.platform.clusters;

import io.ordinal.platform.users.Account;
import java.io.IOException;
import tools.jackson.databind.json.JsonMapper;

/// The rights of the platform's administrators in a cluster: a ClusterRoleBinding of their group to
/// `cluster-admin`.
final class Administrators {

  private static final String PATH = "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings";
  private static final String NAME = "ordinal:administrators";

  private Administrators() {}

  /// Makes the binding where it is missing.
  ///
  /// @throws IOException when the cluster does not let us
  static void bind(Upstream upstream) throws IOException, InterruptedException {
    if (upstream.has(PATH + "/" + NAME)) return;
    upstream.ask("POST", PATH, binding());
  }

  private static String binding() {
    var json = JsonMapper.shared().createObjectNode();
    json.put("apiVersion", "rbac.authorization.k8s.io/v1").put("kind", "ClusterRoleBinding");
    json.putObject("metadata").put("name", NAME);
    json.putObject("roleRef")
        .put("apiGroup", "rbac.authorization.k8s.io")
        .put("kind", "ClusterRole")
        .put("name", "cluster-admin");
    json.putArray("subjects")
        .addObject()
        .put("apiGroup", "rbac.authorization.k8s.io")
        .put("kind", "Group")
        .put("name", Account.ADMINISTRATORS);
    return json.toString();
  }
}
