package io.ordinal.platform.members;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import java.util.List;
import java.util.stream.Stream;

/// What members of a business may do, as ClusterRoles: each is given in single namespaces, by a
/// RoleBinding, except [#clusterReader].
///
/// Viewers are upstream's `view`, members and owners its `edit`; a test holds them against these.
/// They are written out and not gathered from upstream's by a label, because RBAC only adds: what
/// leads out of a namespace could not be taken away again.
///
/// | not in ours | why |
/// |---|---|
/// | `create serviceaccounts/token` | a token outlives the session, the membership and the password |
/// | `impersonate serviceaccounts` | acts without the member's name in the audit log, beside the gateway |
/// | `pods/proxy`, `services/proxy` | a web page of a pod, from the console's own origin: the gateway refuses it |
/// | group `extensions`, `deployments/rollback` | no Kubernetes since 1.22 serves them |
///
/// | only in ours | why |
/// |---|---|
/// | `get,list metrics.k8s.io pods` | upstream's metrics server adds it to `view` by a label |
///
/// No rule has a wildcard: `get *` would be `get pods/exec`, which opens a shell.
final class Roles {

  /// Begins the names of all of the platform's ClusterRoles and bindings of members.
  static final String PREFIX = "business:";

  /// In the namespace of a business on the hub: the owner.
  static final String HUB_OWNER = PREFIX + "hub-owner";

  /// In the namespace of a business on the hub: everybody else.
  static final String HUB_READER = PREFIX + "hub-reader";

  /// On what the platform has made, and may change and remove: its name for the cluster. Another
  /// platform that uses the cluster, too, has another one.
  static final String OWN_LABEL = "business.tkestack.io/members";

  /// On a ClusterRole of the hub that an administrator lets owners give to members.
  static final String POLICY_LABEL = "business.tkestack.io/policy";

  static final String TRUE = "true";

  private static final String CORE = "";
  private static final String BUSINESS = "business.tkestack.io";
  private static final String AUTH = "auth.tkestack.io";
  private static final String READ = "get,list,watch";

  /// Without `deletecollection`: one call should not take away all namespaces of a business.
  private static final String WRITE_SINGLY = "create,delete,patch,update";

  private static final String WRITE = WRITE_SINGLY + ",deletecollection";

  private static final List<PolicyRule> VIEW =
      List.of(
          rule(
              READ,
              CORE,
              "bindings,configmaps,endpoints,events,limitranges,namespaces,namespaces/status,"
                  + "persistentvolumeclaims,persistentvolumeclaims/status,pods,pods/log,"
                  + "pods/status,replicationcontrollers,replicationcontrollers/scale,"
                  + "replicationcontrollers/status,resourcequotas,resourcequotas/status,"
                  + "serviceaccounts,services,services/status"),
          rule(READ, "discovery.k8s.io", "endpointslices"),
          rule(
              READ,
              "apps",
              "controllerrevisions,daemonsets,daemonsets/status,deployments,deployments/scale,"
                  + "deployments/status,replicasets,replicasets/scale,replicasets/status,"
                  + "statefulsets,statefulsets/scale,statefulsets/status"),
          rule(READ, "autoscaling", "horizontalpodautoscalers,horizontalpodautoscalers/status"),
          rule(READ, "batch", "cronjobs,cronjobs/status,jobs,jobs/status"),
          rule(READ, "policy", "poddisruptionbudgets,poddisruptionbudgets/status"),
          rule(READ, "networking.k8s.io", "ingresses,ingresses/status,networkpolicies"),
          rule(
              READ,
              "resource.k8s.io",
              "resourceclaims,resourceclaims/status,resourceclaimtemplates"),
          rule("get,list", "metrics.k8s.io", "pods"));

  private static final List<PolicyRule> EDIT =
      List.of(
          rule(READ, CORE, "pods/attach,pods/exec,pods/portforward,secrets"),
          rule(
              WRITE,
              CORE,
              "configmaps,events,persistentvolumeclaims,pods,pods/attach,pods/exec,"
                  + "pods/portforward,replicationcontrollers,replicationcontrollers/scale,secrets,"
                  + "serviceaccounts,services"),
          rule("create", CORE, "pods/eviction"),
          rule(
              WRITE,
              "apps",
              "daemonsets,deployments,deployments/scale,replicasets,replicasets/scale,"
                  + "statefulsets,statefulsets/scale"),
          rule(WRITE, "autoscaling", "horizontalpodautoscalers"),
          rule(WRITE, "batch", "cronjobs,jobs"),
          rule(WRITE, "policy", "poddisruptionbudgets"),
          rule(WRITE, "networking.k8s.io", "ingresses,networkpolicies"),
          rule(READ + "," + WRITE, "coordination.k8s.io", "leases"),
          rule(WRITE, "resource.k8s.io", "resourceclaims,resourceclaimtemplates"));

  private static final List<PolicyRule> READ_HUB =
      List.of(
          rule(READ, BUSINESS, "namespaces"),
          rule(READ, AUTH, "projectpolicybindings"),
          rule(READ, CORE, "events"));

  private static final List<PolicyRule> OWN_HUB =
      List.of(
          rule(WRITE_SINGLY, BUSINESS, "namespaces"),
          rule(WRITE_SINGLY, AUTH, "projectpolicybindings"));

  private static final List<PolicyRule> READ_CLUSTER =
      List.of(
          rule(READ, "storage.k8s.io", "storageclasses"),
          rule(READ, "scheduling.k8s.io", "priorityclasses"),
          rule(READ, "networking.k8s.io", "ingressclasses"),
          rule(READ, "node.k8s.io", "runtimeclasses"));

  private Roles() {}

  /// Whether the platform has made something, and may change and remove it.
  static boolean isOurs(HasMetadata object, String cluster) {
    var labels = object.getMetadata().getLabels();
    return labels != null && cluster.equals(labels.get(OWN_LABEL));
  }

  /// Everywhere in a cluster, for whoever is a member of a business that has a namespace there:
  /// what belongs to no namespace and a manifest has to name.
  static String clusterReader(String cluster) {
    return PREFIX + "cluster-reader:" + cluster;
  }

  /// What every cluster with namespaces of businesses has. All platforms have these three alike.
  static List<ClusterRole> ofNamespaces() {
    return List.of(
        role(PREFIX + Policy.BuiltIn.OWNER.id(), both(VIEW, EDIT)),
        role(PREFIX + Policy.BuiltIn.MEMBER.id(), both(VIEW, EDIT)),
        role(PREFIX + Policy.BuiltIn.VIEWER.id(), VIEW));
  }

  static ClusterRole ofCluster(String cluster) {
    return role(clusterReader(cluster), READ_CLUSTER);
  }

  /// What the hub has besides.
  static List<ClusterRole> ofHub() {
    return List.of(role(HUB_OWNER, both(READ_HUB, OWN_HUB)), role(HUB_READER, READ_HUB));
  }

  /// Lets members see their own business, and no other.
  static ClusterRole ofBusiness(String name) {
    return role(
        roleOfBusiness(name),
        List.of(rule(READ, BUSINESS, "projects").edit().withResourceNames(name).build()));
  }

  static String roleOfBusiness(String name) {
    return PREFIX + "project:" + name;
  }

  /// What an administrator's policy becomes in a cluster.
  static ClusterRole copyOf(Policy.Custom policy, String cluster, ClusterRole made) {
    return role(policy.roleIn(cluster), made.getRules());
  }

  private static ClusterRole role(String name, List<PolicyRule> rules) {
    return new ClusterRoleBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .withRules(rules)
        .build();
  }

  private static List<PolicyRule> both(List<PolicyRule> some, List<PolicyRule> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  private static PolicyRule rule(String verbs, String group, String resources) {
    return new PolicyRuleBuilder()
        .withApiGroups(group)
        .withResources(resources.split(","))
        .withVerbs(verbs.split(","))
        .build();
  }
}
