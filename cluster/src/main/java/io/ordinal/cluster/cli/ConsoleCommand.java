package io.ordinal.cluster.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.ordinal.cluster.DataFolder;
import io.ordinal.cluster.Endpoint;
import io.ordinal.cluster.Timing;
import io.ordinal.cluster.UserError;
import io.ordinal.cluster.console.ConsoleAddress;
import io.ordinal.cluster.console.Hub;
import io.ordinal.cluster.console.HubConsole;
import io.ordinal.cluster.console.HubRights;
import io.ordinal.platform.Platform.Time;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.ParseResult;

/// `ordinal console`: the console alone, in front of a cluster that somebody else runs.
final class ConsoleCommand {

  private final Terminal terminal;

  ConsoleCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  int run(ParseResult call) {
    var file =
        Options.kubeconfigOf(call)
            .orElseThrow(() -> new UserError("--kubeconfig FILE is missing: which cluster?"));
    var other = OtherCluster.read(file);
    var data = DataFolder.open(Options.dataOf(call));
    LogFiles.into(data.logs());
    var client = other.client();
    var rights = look(client, other);
    if (rights.limited().isEmpty() && !Options.isSet(call, "--yes")) ask(other);
    var endpoint = new Endpoint(Options.text(call, "--address"));
    var address = new ConsoleAddress(endpoint, Options.number(call, "--port"), "--port");
    var hub = Hub.at(client, other.access(), rights.limited());
    var timing = Timing.real();
    var ended = new CountDownLatch(1);
    var console =
        HubConsole.start(
            data.pki(),
            address,
            hub,
            new Time(timing.wall(), timing.steady()),
            _ -> {},
            line -> terminal.say(line),
            () -> {});
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  console.close();
                  ended.countDown();
                },
                "shutdown"));
    terminal.say("ready: the console of %s; Ctrl-C ends it", other.config().getMasterUrl());
    await(ended);
    return 0;
  }

  private HubRights look(KubernetesClient client, OtherCluster other) {
    try {
      var version = client.getKubernetesVersion().getGitVersion();
      terminal.say("cluster: %s (%s)", other.config().getMasterUrl(), version);
      var rights = HubRights.of(client, other.access(), other.config().getNamespace());
      rights.told().forEach(line -> terminal.say("%s", line));
      if (!rights.suffice()) {
        throw new UserError(
            UserError.CLUSTER, "the kubeconfig's user lacks rights that the console needs");
      }
      return rights;
    } catch (KubernetesClientException e) {
      throw new UserError(
          UserError.CLUSTER,
          "%s does not answer: %s".formatted(other.config().getMasterUrl(), e.getMessage()));
    }
  }

  private void ask(OtherCluster other) {
    terminal.say("In %s", other.config().getMasterUrl());
    HubConsole.makes().forEach(line -> terminal.say("%s", line));
    terminal.say("Go on? [y/N]");
    try {
      var in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
      var answer = in.readLine();
      if (answer != null && answer.strip().toLowerCase(java.util.Locale.ROOT).startsWith("y"))
        return;
    } catch (IOException e) {
      // no answer
    }
    throw new UserError("nothing was made; --yes answers the question");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
