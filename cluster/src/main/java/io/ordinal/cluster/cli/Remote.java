package io.ordinal.cluster.cli;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.ordinal.cluster.DataFolder;
import io.ordinal.cluster.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;

/// A client of the cluster that another process runs.
final class Remote {

  private static final int MILLIS = 5_000;

  private Remote() {}

  /// What a user asks of a cluster.
  interface Work {
    int with(KubernetesClient client);
  }

  /// Asks the cluster of this data folder as its administrator.
  ///
  /// @throws UserError when no process runs it, or when that one does not answer
  static int ask(DataFolder data, Work work) {
    try (var client = admin(data)) {
      return work.with(client);
    } catch (KubernetesClientException e) {
      // What is not an HTTP status is the connection.
      if (e.getCode() >= HttpURLConnection.HTTP_BAD_REQUEST) throw e;
      var process = data.runner().map(p -> "process " + p.pid()).orElse("its process");
      throw new UserError(
          UserError.CLUSTER,
          "the cluster on %s does not answer, though %s runs: see %s"
              .formatted(data.path(), process, data.logs()));
    }
  }

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
      // It is on this machine: what does not answer at once will not for being asked ten times.
      config.setConnectionTimeout(MILLIS);
      config.setRequestTimeout(MILLIS);
      config.setRequestRetryBackoffLimit(1);
      return new KubernetesClientBuilder().withConfig(config).build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
