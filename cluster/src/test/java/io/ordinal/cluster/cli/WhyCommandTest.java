package io.ordinal.cluster.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.cluster.Kubeconfig;
import io.ordinal.cluster.UserError;
import io.ordinal.cluster.console.PlayedCluster;
import io.ordinal.cluster.pki.Identity;
import io.ordinal.cluster.pki.Pki;
import io.ordinal.cluster.pki.ServerTls;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhyCommandTest {

  private static final Logger LOG = Logger.getLogger("");

  @TempDir Path folder;
  private final ByteArrayOutputStream complaints = new ByteArrayOutputStream();
  private final AtomicInteger requests = new AtomicInteger();

  /// Asks a cluster that answers everything so.
  private int ask(int status) throws Exception {
    var pki = Pki.open(folder, Clock.systemUTC());
    var level = LOG.getLevel();
    try (var cluster =
        new PlayedCluster(
            ServerTls.of(pki),
            exchange -> {
              requests.incrementAndGet();
              exchange.sendResponseHeaders(status, -1);
              exchange.close();
            })) {
      var text = Kubeconfig.text(cluster.address(), pki.authority(), pki.client(Identity.ADMIN));
      var file = Files.writeString(folder.resolve("config"), text);
      var terminal =
          new Terminal(
              new PrintStream(OutputStream.nullOutputStream()),
              new PrintStream(complaints, true, UTF_8));
      return Main.run(terminal, "why", "pod/web-0", "--kubeconfig", file.toString());
    } finally {
      // The command is quiet; the tests after it are not to be.
      LOG.setLevel(level);
    }
  }

  @ParameterizedTest(name = "{0}: exit code {1}")
  @CsvSource({
    "404, 2, pods \"web-0\" not found (in namespace default)",
    "403, 2, pods \"web-0\": you may not see it (in namespace default)",
    "503, 5, the cluster cannot tell of pods now: it answers 503",
    "429, 5, the cluster cannot tell of pods now: it answers 429"
  })
  void theExitCodeSaysWhetherItIsTheClusterThatFails(int status, int exitCode, String complaint)
      throws Exception {
    assertThat(ask(status)).isEqualTo(exitCode);
    assertThat(complaints.toString(UTF_8)).isEqualTo("ordinal: " + complaint + "\n");
  }

  @Test
  void aClusterThatFailsIsAskedOnceMore() throws Exception {
    assertThat(ask(500)).isEqualTo(UserError.CLUSTER);
    assertThat(requests).hasValue(2);
  }
}
