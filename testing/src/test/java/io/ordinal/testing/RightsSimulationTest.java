package io.ordinal.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.ordinal.kube.Pods;
import io.ordinal.server.User;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every part has the rights that its work needs, and nobody else's. A [World] fails when it is
/// closed and one of its parts was refused.
class RightsSimulationTest {
  private static final String EVERYTHING =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: shop}
      ---
      apiVersion: v1
      kind: Secret
      metadata: {name: password, namespace: shop}
      stringData: {word: sesame}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: db, namespace: shop}
      spec: {clusterIP: None, selector: {app: db}, ports: [{port: 80}]}
      ---
      apiVersion: policy/v1
      kind: PodDisruptionBudget
      metadata: {name: db, namespace: shop}
      spec: {minAvailable: 1, selector: {matchLabels: {app: db}}}
      ---
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {name: db, namespace: shop}
      spec:
        selector: {matchLabels: {app: db}}
        serviceName: db
        replicas: 2
        persistentVolumeClaimRetentionPolicy: {whenScaled: Delete, whenDeleted: Delete}
        template:
          metadata: {labels: {app: db}}
          spec:
            containers:
            - name: db
              image: db:1
              env: [{name: W, valueFrom: {secretKeyRef: {name: password, key: word}}}]
              volumeMounts: [{name: data, mountPath: /data}]
        volumeClaimTemplates:
        - metadata: {name: data}
          spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
      """;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2})
  void everyPartWorksWithItsOwnRights(long seed) {
    try (var world = new World(seed, 2)) {
      world.apply(EVERYTHING);
      world.pass(Duration.ofMinutes(2));
      var pods = world.admin.pods().inNamespace("shop");
      assertThat(pods.list().getItems()).hasSize(2).allMatch(Pods::isReady);

      grow(world);
      pods.withName("db-0").evict();
      world.pass(Duration.ofMinutes(2));
      assertThat(pods.list().getItems()).hasSize(2).allMatch(Pods::isReady);

      var set = world.admin.apps().statefulSets().inNamespace("shop").withName("db");
      set.scale(1);
      world.pass(Duration.ofMinutes(1));
      set.edit(present -> {
        present.getSpec().getTemplate().getSpec().getContainers().getFirst().setImage("db:2");
        return present;
      });
      world.pass(Duration.ofMinutes(2));

      world.cluster.loseNode("node-2");
      world.pass(Duration.ofMinutes(8));
      world.admin.nodes().withName("node-2").delete();
      world.pass(Duration.ofMinutes(2));
      world.cluster.returnNode("node-2");
      world.admin.namespaces().withName("shop").delete();
      world.pass(Duration.ofHours(2));
      assertThat(world.admin.namespaces().withName("shop").get()).isNull();
      assertThat(world.admin.v1().events().inAnyNamespace().list().getItems()).isEmpty();
    }
  }

  private static void grow(World world) {
    world
        .admin
        .persistentVolumeClaims()
        .inNamespace("shop")
        .withName("data-db-0")
        .edit(claim -> {
          claim.getSpec().getResources().getRequests().put("storage", new Quantity("2Gi"));
          return claim;
        });
    world.pass(Duration.ofMinutes(1));
  }

  @Test
  void whatIsMeantForViewersReachesThemAndEditorsAndAdministrators() {
    try (var world = new World(1, 1)) {
      assertThat(resources(world, "view")).contains("pods").doesNotContain("secrets");
      assertThat(resources(world, "edit")).contains("pods", "secrets");
      assertThat(resources(world, "admin")).contains("pods", "secrets", "rolebindings");

      world.apply(
          """
          apiVersion: rbac.authorization.k8s.io/v1
          kind: ClusterRole
          metadata: {name: rockets, labels: {rbac.authorization.k8s.io/aggregate-to-view: "true"}}
          rules: [{verbs: [get], apiGroups: [acme.com], resources: [rockets]}]
          """);
      world.settle();
      assertThat(resources(world, "admin")).contains("rockets");
      world.admin.rbac().clusterRoles().withName("rockets").delete();
      world.settle();
      assertThat(resources(world, "admin")).doesNotContain("rockets");
    }
  }

  @Test
  void aMemberOfANamespaceWorksThereAndNowhereElse() {
    try (var world = new World(1, 1);
        var member = world.cluster.plane().clientFor(User.part("jane"))) {
      world.apply(
          """
          apiVersion: rbac.authorization.k8s.io/v1
          kind: RoleBinding
          metadata: {name: jane, namespace: default}
          roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
          subjects: [{kind: User, name: jane, apiGroup: rbac.authorization.k8s.io}]
          """);
      world.settle();
      assertThat(member.pods().inNamespace("default").list().getItems()).isEmpty();
      var before = world.cluster.refusals();
      assertThatThrownBy(() -> member.pods().inNamespace("kube-system").list())
          .isInstanceOfSatisfying(
              KubernetesClientException.class,
              e ->
                  assertThat(e.getStatus().getMessage())
                      .isEqualTo(
                          "pods is forbidden: User \"jane\" cannot list resource \"pods\" in API"
                              + " group \"\" in the namespace \"kube-system\""));
      assertThat(world.cluster.refusals()).isEqualTo(before + 1);
      world.expectRefusals(1);
    }
  }

  private static List<String> resources(World world, String role) {
    return world.admin.rbac().clusterRoles().withName(role).get().getRules().stream()
        .map(PolicyRule::getResources)
        .flatMap(List::stream)
        .toList();
  }
}
