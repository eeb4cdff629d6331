package io.ordinal.platform.business;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.ordinal.platform.answer.Refusal;
import java.util.Optional;

/// How whoever keeps businesses reaches the clusters.
@FunctionalInterface
public interface ClusterClients {

  /// The client of the cluster of this id, the same each time; empty when there is no such cluster.
  ///
  /// @throws Refusal when its credentials cannot be opened
  Optional<KubernetesClient> find(String cluster);

  /// Whether there is such a cluster; one whose credentials cannot be opened is one, too.
  default boolean has(String cluster) {
    try {
      return find(cluster).isPresent();
    } catch (Refusal e) {
      return true;
    }
  }
}
