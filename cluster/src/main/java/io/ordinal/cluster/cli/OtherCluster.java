package io.ordinal.cluster.cli;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.ordinal.cluster.UserError;
import io.ordinal.platform.answer.Refusal;
import io.ordinal.platform.clusters.Access;
import io.ordinal.platform.clusters.Kubeconfigs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A cluster that is not of this data folder, by a kubeconfig of whoever calls: unlike an uploaded
/// one it may name files. What a program would give has an end that nobody here could put off, so
/// programs are refused here, too.
///
/// @param access how the gateway reaches it
record OtherCluster(Config config, Access access) {

  /// @throws UserError when the file cannot be used
  static OtherCluster read(Path file) {
    if (!Files.exists(file)) throw new UserError("--kubeconfig " + file + ": does not exist");
    try {
      var folder = file.toAbsolutePath().getParent();
      var text = Kubeconfigs.withFiles(Files.readString(file), folder == null ? file : folder);
      var access = Kubeconfigs.read(text);
      return new OtherCluster(Config.fromKubeconfig(text), access);
    } catch (IOException e) {
      throw new UserError("--kubeconfig " + file + ": cannot be read");
    } catch (Refusal e) {
      throw new UserError("--kubeconfig %s: %s".formatted(file, e.getMessage()));
    }
  }

  KubernetesClient client() {
    return new KubernetesClientBuilder().withConfig(config).build();
  }
}
