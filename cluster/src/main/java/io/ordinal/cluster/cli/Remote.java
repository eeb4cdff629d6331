package io.ordinal.cluster.cli;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.ordinal.cluster.DataFolder;
import io.ordinal.cluster.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/// A client of the cluster that another process runs.
final class Remote {

  private Remote() {}

  /// Connects as the administrator of this data folder's cluster.
  ///
  /// @throws UserError when no process runs it
  static KubernetesClient admin(DataFolder data) {
    if (data.runner().isEmpty() || !Files.exists(data.adminConf())) {
      throw new UserError(
          UserError.CLUSTER, "no cluster runs on " + data.path() + ": start it with ./ordinal up");
    }
    try {
      var config = Config.fromKubeconfig(Files.readString(data.adminConf()));
      return new KubernetesClientBuilder().withConfig(config).build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
