package io.ordinal.controllers.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.Service;
import io.ordinal.controllers.manifests.Manifests;
import io.ordinal.controllers.quota.QuotaPlan.Contents;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is in a namespace, and what a quota says is used of it.
class QuotaPlanTest {
  private static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");

  private static final List<Pod> PODS =
      List.of(
          pod("{containers: [{name: c}]}", "qosClass: BestEffort"),
          pod(
              "{activeDeadlineSeconds: 5, priorityClassName: high, containers: [{name: c, resources: {requests: {cpu: 500m, memory: 128Mi, example.com/gpu: '2'}, limits: {cpu: '1', memory: 1Gi}}}]}",
              "qosClass: Burstable"),
          pod(
              "{initContainers: [{name: s, restartPolicy: Always, resources: {requests: {cpu: 100m}}}, {name: i, resources: {requests: {cpu: '2', memory: 1Ki}}}], containers: [{name: c, resources: {requests: {cpu: 300m}}}, {name: d, resources: {requests: {cpu: 300m}}}]}",
              "qosClass: Burstable"),
          pod("{containers: [{name: c, resources: {requests: {cpu: '9'}}}]}", "phase: Succeeded"));

  private static final Contents CONTENTS =
      new Contents(
          PODS,
          List.of(
              service("{type: ClusterIP, ports: [{port: 1}]}"),
              service("{type: NodePort, ports: [{port: 1}, {port: 2}]}"),
              service("{type: LoadBalancer, ports: [{port: 1}]}"),
              service(
                  "{type: LoadBalancer, allocateLoadBalancerNodePorts: false, ports: [{port: 1, nodePort: 30000}, {port: 2}]}")),
          List.of(claim("gold", "1Gi", ""), claim("gold", "1.5", ""), claim("", "1Gi", "2Gi")),
          Map.of(new Counted("", "configmaps"), 7, new Counted("apps", "statefulsets"), 3));

  private static Pod pod(String spec, String status) {
    return Manifests.of(
        Pod.class, "{metadata: {name: p}, spec: %s, status: {%s}}".formatted(spec, status));
  }

  private static Service service(String spec) {
    return Manifests.of(Service.class, "{metadata: {name: s}, spec: %s}".formatted(spec));
  }

  private static PersistentVolumeClaim claim(String storageClass, String size, String allocated) {
    String status = allocated.isEmpty() ? "" : "allocatedResources: {storage: " + allocated + "}";
    return Manifests.of(
        PersistentVolumeClaim.class,
        "{metadata: {name: c}, spec: {storageClassName: '%s', resources: {requests: {storage: '%s'}}}, status: {%s}}"
            .formatted(storageClass, size, status));
  }

  private static ResourceQuota quota(String hard, String more) {
    return Manifests.of(
        ResourceQuota.class,
        "{metadata: {name: q}, spec: {hard: {%s: '100'}%s}}".formatted(hard, more));
  }

  private static String used(String resource, String more) {
    var used = QuotaPlan.of(quota(resource, more), CONTENTS, NOW).status().getUsed();
    assertThat(used).containsOnlyKeys(resource);
    return String.valueOf(used.get(resource));
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "pods | '' | 3",
        "count/pods | '' | 4",
        "cpu | '' | 2.6",
        "requests.cpu | '' | 2.6",
        "limits.cpu | '' | 1",
        "memory | '' | 131073Ki",
        "limits.memory | '' | 1048576Ki",
        "requests.ephemeral-storage | '' | 0",
        "requests.example.com/gpu | '' | 2",
        "services | '' | 4",
        "count/services | '' | 4",
        "services.nodeports | '' | 4",
        "services.loadbalancers | '' | 2",
        "persistentvolumeclaims | '' | 3",
        "count/persistentvolumeclaims | '' | 3",
        "requests.storage | '' | 3221225474",
        "gold.storageclass.storage.k8s.io/requests.storage | '' | 1073741826",
        "gold.storageclass.storage.k8s.io/persistentvolumeclaims | '' | 2",
        "configmaps | '' | 7",
        "count/configmaps | '' | 7",
        "count/statefulsets.apps | '' | 3",
        "count/somethings.example.com | '' | 0",
        "pods | ', scopes: [BestEffort]' | 1",
        "pods | ', scopes: [NotBestEffort]' | 2",
        "pods | ', scopes: [Terminating]' | 1",
        "pods | ', scopes: [NotTerminating, NotBestEffort]' | 1",
        "pods | ', scopes: [PriorityClass]' | 1",
        "pods | ', scopeSelector: {matchExpressions: [{scopeName: PriorityClass, operator: In, values: [low]}]}' | 0",
        "pods | ', scopeSelector: {matchExpressions: [{scopeName: PriorityClass, operator: NotIn, values: [low]}]}' | 3",
        "pods | ', scopeSelector: {matchExpressions: [{scopeName: PriorityClass, operator: DoesNotExist}]}' | 2",
      })
  void whatIsUsed(String resource, String more, String used) {
    assertThat(used(resource, more)).isEqualTo(used);
  }

  @Test
  void aPodThatShouldBeGoneCountsUntilItsGraceIsOverTwice() {
    var leaving =
        Manifests.of(
            Pod.class,
            "{metadata: {name: p, deletionTimestamp: '2026-01-01T01:00:10Z', deletionGracePeriodSeconds: 30}, spec: {containers: []}}");
    var contents = new Contents(List.of(leaving), List.of(), List.of(), Map.of());
    var plan = QuotaPlan.of(quota("pods", ""), contents, NOW);
    assertThat(plan.status().getUsed()).containsEntry("pods", new Quantity("1"));
    assertThat(plan.lookAgain()).contains(Duration.ofMillis(40_001));
    var later = QuotaPlan.of(quota("pods", ""), contents, NOW.plusMillis(40_001));
    assertThat(later.status().getUsed()).containsEntry("pods", new Quantity("0"));
    assertThat(later.lookAgain()).isEmpty();
  }

  @Test
  void theSameAmountInOtherWordsIsTheSame() {
    assertThat(
            Usage.same(
                Map.of("cpu", new Quantity("1500m"), "memory", new Quantity("1Gi")),
                Map.of("cpu", new Quantity("1.5"), "memory", new Quantity("1048576Ki"))))
        .isTrue();
    assertThat(Usage.same(Map.of("a", new Quantity("1")), Map.of())).isFalse();
  }
}
