package io.ordinal.controllers.statefulset;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.ordinal.kube.Ordinals;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// StatefulSets to try things with.
final class Sets {
  static final String OLD = "good:1";
  static final String NEW = "good:2";
  static final List<String> POLICIES = List.of("OrderedReady", "Parallel");

  /// How pods are managed, and what becomes of claims; null for a set that says nothing.
  record Mode(String policy, @Nullable Retention retention) {
    boolean ordered() {
      return policy.equals("OrderedReady");
    }

    @Override
    public String toString() {
      return policy + (retention == null ? "" : ", " + retention);
    }
  }

  record Retention(String whenDeleted, String whenScaled) {
    @Override
    public String toString() {
      return "deleted: " + whenDeleted + ", scaled: " + whenScaled;
    }
  }

  private Sets() {}

  static Stream<Mode> modes() {
    return POLICIES.stream().flatMap(Sets::modes);
  }

  static Stream<Mode> policies() {
    return POLICIES.stream().map(policy -> new Mode(policy, null));
  }

  private static Stream<Mode> modes(String policy) {
    return Stream.concat(
        Stream.of(new Mode(policy, null)),
        Stream.of("Retain", "Delete")
            .flatMap(deleted ->
                Stream.of("Retain", "Delete")
                    .map(scaled -> new Mode(policy, new Retention(deleted, scaled)))));
  }

  /// The guide's set: three replicas, one claim template, labels `app: web`.
  static StatefulSet web(Mode mode, int replicas) {
    var set = web(replicas);
    var spec = set.getSpec();
    spec.setPodManagementPolicy(mode.policy());
    if (mode.retention() != null) {
      var policy =
          new StatefulSetBuilder()
              .withNewSpec()
              .withNewPersistentVolumeClaimRetentionPolicy(
                  mode.retention().whenDeleted(), mode.retention().whenScaled())
              .endSpec();
      spec.setPersistentVolumeClaimRetentionPolicy(
          policy.build().getSpec().getPersistentVolumeClaimRetentionPolicy());
    }
    return set;
  }

  static StatefulSet web(int replicas) {
    return new StatefulSetBuilder()
        .withNewMetadata()
        .withName("web")
        .withNamespace(World.NAMESPACE)
        .withLabels(Map.of("app", "web"))
        .endMetadata()
        .withNewSpec()
        .withReplicas(replicas)
        .withServiceName("nginx")
        .withPodManagementPolicy("OrderedReady")
        .withNewSelector()
        .withMatchLabels(Map.of("app", "web"))
        .endSelector()
        .withNewUpdateStrategy()
        .withType("RollingUpdate")
        .withNewRollingUpdate()
        .withPartition(0)
        .endRollingUpdate()
        .endUpdateStrategy()
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(Map.of("app", "web"))
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("main")
        .withImage(OLD)
        .addNewVolumeMount()
        .withName("www")
        .withMountPath("/www")
        .endVolumeMount()
        .endContainer()
        .endSpec()
        .endTemplate()
        .addNewVolumeClaimTemplate()
        .withNewMetadata()
        .withName("www")
        .endMetadata()
        .withNewSpec()
        .withAccessModes("ReadWriteOnce")
        .withNewResources()
        .withRequests(Map.of("storage", new Quantity("1Gi")))
        .endResources()
        .endSpec()
        .endVolumeClaimTemplate()
        .endSpec()
        .build();
  }

  static StatefulSet withImage(StatefulSet set, String image) {
    return new StatefulSetBuilder(set)
        .editSpec()
        .editTemplate()
        .editSpec()
        .editFirstContainer()
        .withImage(image)
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  static int ordinal(Pod pod) {
    return Ordinals.of(pod.getMetadata().getName()).orElse(-1);
  }

  static String image(Pod pod) {
    return pod.getSpec().getContainers().getFirst().getImage();
  }
}
