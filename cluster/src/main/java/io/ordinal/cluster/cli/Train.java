package io.ordinal.cluster.cli;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.ordinal.cluster.Cluster;
import io.ordinal.cluster.ClusterConfig;
import io.ordinal.cluster.ClusterConfig.RuntimeKind;
import io.ordinal.cluster.DataFolder;
import io.ordinal.cluster.Parts;
import io.ordinal.cluster.Timing;
import io.ordinal.cluster.nodes.ContainerNodes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.ParseResult;

/// `ordinal train`, called once after a build: starts a cluster, uses it over the wire as people
/// do, and ends without a trace. What the JVM has loaded and linked by then goes into the AOT
/// cache: with real containers where the machine can, so that the way to them is in it too.
final class Train {

  private static final int PATIENCE = 60;

  private final Terminal terminal;

  Train(Terminal terminal) {
    this.terminal = terminal;
  }

  int run(ParseResult call) {
    LogFiles.quiet();
    var data = new DataFolder(Options.dataOf(call));
    var runtime = Options.runtimeOf(call);
    var config =
        new ClusterConfig(data.path(), "127.0.0.1", 0, Optional.of(1), runtime).withConsole(0);
    try (var _ = Cluster.start(config, terminal::say, new Parts())) {
      if (!runtime.equals(Optional.of(RuntimeKind.SIMULATED))) {
        ContainerNodes.images(data.path(), Timing.real()).makeNginx();
      }
      use(data);
      Files.createFile(data.stopPodsFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return 0;
  }

  private void use(DataFolder data) {
    try (var client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(Files.readString(data.adminConf())))
            .build()) {
      var file = Path.of(System.getProperty("ordinal.home", "."), "examples", "web.yaml");
      List<HasMetadata> objects = client.load(Files.newInputStream(file)).items();
      objects.forEach(object -> client.resource(object).create());
      client
          .apps()
          .statefulSets()
          .inNamespace("default")
          .withName("web")
          .waitUntilCondition(
              set -> set != null && Integer.valueOf(3).equals(set.getStatus().getReadyReplicas()),
              PATIENCE,
              TimeUnit.SECONDS);
      objects.forEach(object -> client.resource(object).delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
