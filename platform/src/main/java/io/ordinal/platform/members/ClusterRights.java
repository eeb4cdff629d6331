package io.ordinal.platform.members;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.ordinal.kube.ShortAnswer;
import java.net.HttpURLConnection;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes roles and bindings of a cluster as plans say.
///
/// @param cluster the platform's name for it
/// @param lost told of everybody who has less than before, once the cluster knows
record ClusterRights(KubernetesClient client, String cluster, Consumer<Subject> lost) {

  private static final Logger LOG = LoggerFactory.getLogger(ClusterRights.class);
  private static final String RBAC = "rbac.authorization.k8s.io";
  private static final String ROOT = "apis/" + RBAC + "/v1/";
  private static final String ROLES = ROOT + "clusterroles";

  /// Makes the bindings of a namespace what they should be.
  void bindIn(String namespace, Collection<Given> wanted) {
    var present =
        client.rbac().roleBindings().inNamespace(namespace).list().getItems().stream()
            .map(each -> BindingPlan.Present.of(each, cluster))
            .toList();
    var collection = ROOT + "namespaces/" + namespace + "/rolebindings";
    perform(BindingPlan.of(wanted, present), collection, "RoleBinding");
  }

  /// Makes the bindings of the whole cluster what they should be.
  void bindEverywhere(Collection<Given> wanted) {
    var present =
        client.rbac().clusterRoleBindings().list().getItems().stream()
            .map(each -> BindingPlan.Present.of(each, cluster))
            .toList();
    perform(BindingPlan.of(wanted, present), ROOT + "clusterrolebindings", "ClusterRoleBinding");
  }

  private void perform(BindingPlan plan, String collection, String kind) {
    for (var action : plan.actions()) {
      switch (action) {
        case BindingPlan.Action.Bind(var given) ->
            ShortAnswer.create(client, collection, binding(kind, given));
        case BindingPlan.Action.Rebind(_, var given) ->
            ShortAnswer.merge(
                client,
                collection + "/" + given.role(),
                json(Map.of("subjects", given.subjects())));
        case BindingPlan.Action.Unbind(var name, _) -> delete(collection + "/" + name);
      }
      BindingPlan.losers(action).forEach(lost);
    }
    if (!plan.taken().isEmpty()) {
      throw new IllegalStateException(
          "somebody else has made %s in %s, so the role is not given"
              .formatted(plan.taken(), collection));
    }
  }

  private String binding(String kind, Given given) {
    return json(
        Map.of(
            "apiVersion",
            RBAC + "/v1",
            "kind",
            kind,
            "metadata",
            Map.of("name", given.role(), "labels", labels()),
            "roleRef",
            Map.of("apiGroup", RBAC, "kind", "ClusterRole", "name", given.role()),
            "subjects",
            given.subjects()));
  }

  /// All roles of the cluster, whoever has made them.
  List<ClusterRole> roles() {
    return client.rbac().clusterRoles().list().getItems();
  }

  /// Makes roles that are missing or other than they should be.
  void makeRoles(Collection<ClusterRole> wanted, Collection<ClusterRole> present) {
    var byName =
        present.stream().collect(Collectors.toMap(ClusterRights::name, Function.identity()));
    for (var each : wanted) {
      var known = byName.get(name(each));
      if (known == null) {
        ShortAnswer.create(client, ROLES, json(labelled(each)));
      } else if (!known.getRules().equals(each.getRules())) {
        correct(known, each);
      }
    }
  }

  private void correct(ClusterRole known, ClusterRole wanted) {
    if (!Roles.isOurs(known, cluster)) {
      LOG.warn("{}: the ClusterRole {} is somebody else's, and other", cluster, name(known));
      return;
    }
    ShortAnswer.merge(client, ROLES + "/" + name(known), json(Map.of("rules", wanted.getRules())));
  }

  private ClusterRole labelled(ClusterRole role) {
    return role.edit().editMetadata().withLabels(labels()).endMetadata().build();
  }

  private Map<String, String> labels() {
    return Map.of(Roles.OWN_LABEL, cluster);
  }

  /// Removes roles of ours that are not wanted any more; those for namespaces stay, as another
  /// platform may have come to use them.
  void removeRoles(Collection<ClusterRole> wanted, Collection<ClusterRole> present) {
    var names =
        Stream.concat(wanted.stream(), Roles.ofNamespaces().stream())
            .map(ClusterRights::name)
            .toList();
    present.stream()
        .filter(each -> Roles.isOurs(each, cluster) && !names.contains(name(each)))
        .forEach(each -> delete(ROLES + "/" + name(each)));
  }

  private void delete(String path) {
    try {
      client.raw("/" + path, "DELETE", null);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) throw e;
    }
  }

  private String json(Object object) {
    return client.getKubernetesSerialization().asJson(object);
  }

  private static String name(ClusterRole role) {
    return role.getMetadata().getName();
  }
}
