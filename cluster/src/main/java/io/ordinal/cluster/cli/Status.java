package io.ordinal.cluster.cli;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.ordinal.cluster.DataFolder;
import java.util.Objects;
import picocli.CommandLine.ParseResult;

/// `ordinal status`: what runs, in one screen.
final class Status {

  private final Terminal terminal;

  Status(Terminal terminal) {
    this.terminal = terminal;
  }

  int run(ParseResult call) {
    LogFiles.quiet();
    var data = new DataFolder(Options.dataOf(call));
    return Remote.ask(
        data,
        client -> {
          terminal.say("data       %s", data.path());
          data.runner().ifPresent(p -> terminal.say("process    %d", p.pid()));
          terminal.say(
              "API        %s (%s)",
              client.getMasterUrl(), client.getKubernetesVersion().getGitVersion());
          data.consoleUrl().ifPresent(url -> terminal.say("console    %s", url));
          terminal.say("KUBECONFIG %s", data.adminConf());
          client.nodes().list().getItems().forEach(this::node);
          sets(client);
          return 0;
        });
  }

  private void node(Node node) {
    var status = node.getStatus();
    var ready =
        status.getConditions().stream()
            .filter(c -> c.getType().equals("Ready"))
            .map(c -> c.getStatus().equals("True") ? "Ready" : "NotReady")
            .findFirst()
            .orElse("NotReady");
    var runtime =
        status.getNodeInfo() == null ? "" : status.getNodeInfo().getContainerRuntimeVersion();
    terminal.say(
        "node       %s %s %s%s", node.getMetadata().getName(), ready, runtime, warning(runtime));
  }

  private static String warning(String runtime) {
    return runtime.startsWith("simulated") ? "   SIMULATED: no container runs here" : "";
  }

  private void sets(KubernetesClient client) {
    var sets = client.apps().statefulSets().inAnyNamespace().list().getItems();
    if (sets.isEmpty()) terminal.say("sets       none");
    sets.forEach(this::set);
  }

  private void set(StatefulSet set) {
    var ready = Objects.requireNonNullElse(set.getStatus().getReadyReplicas(), 0);
    terminal.say(
        "set        %s/%s %d/%d ready",
        set.getMetadata().getNamespace(),
        set.getMetadata().getName(),
        ready,
        set.getSpec().getReplicas());
  }
}
