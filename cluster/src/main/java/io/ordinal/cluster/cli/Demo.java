package io.ordinal.cluster.cli;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.ordinal.cluster.ClusterConfig;
import io.ordinal.cluster.ClusterConfig.RuntimeKind;
import io.ordinal.cluster.DataFolder;
import io.ordinal.cluster.UserError;
import io.ordinal.kube.Pods;
import io.ordinal.node.images.LocalImages;
import io.ordinal.node.images.MachineImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import picocli.CommandLine.ParseResult;

/// `ordinal demo`: the StatefulSet of examples/web.yaml on real containers, and the proof that a
/// pod comes back with its name, its data and its DNS name. Running it again works.
final class Demo {

  private static final String NAMESPACE = "default";
  private static final String SET = "web";
  private static final String VICTIM = "web-1";
  private static final String PAGE = "/usr/share/nginx/html/index.html";
  private static final String HOST = "web-0.nginx.default.svc.cluster.local";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Terminal terminal;
  private final Up up;

  Demo(Terminal terminal, Up up) {
    this.terminal = terminal;
    this.up = up;
  }

  int run(ParseResult call) {
    LogFiles.quiet();
    var begun = System.nanoTime();
    var data = new DataFolder(Options.dataOf(call));
    if (data.runner().isEmpty()) up.detach(configOf(call, data));
    new DemoImage(terminal, data).ensure();
    Remote.ask(
        data,
        client -> {
          walk(client);
          return 0;
        });
    terminal.say("");
    terminal.say("done in %.1f s. Go on by yourself:", (System.nanoTime() - begun) / 1e9);
    nextSteps(data);
    return 0;
  }

  private static ClusterConfig configOf(ParseResult call, DataFolder data) {
    int port = Options.number(call, "--api-port");
    return new ClusterConfig(
            data.path(), "127.0.0.1", port, Optional.empty(), Optional.of(RuntimeKind.CONTAINERD))
        .withConsole(Options.number(call, "--console-port"));
  }

  private void walk(KubernetesClient client) {
    apply(client);
    awaitSet(client);
    show(client);
    terminal.say("DNS, asked inside web-2: %s is", HOST);
    terminal.say("  %s", answerOf(run(client, "web-2", "nslookup", HOST)));
    var marker = "written by the demo into the volume of " + VICTIM;
    run(client, VICTIM, "sh", "-c", "echo '" + marker + "' > " + PAGE);
    var before = pod(client, VICTIM).getMetadata().getUid();
    terminal.say("deleting %s (%s)", VICTIM, before);
    client.pods().inNamespace(NAMESPACE).withName(VICTIM).delete();
    var back =
        await(client, pod -> !pod.getMetadata().getUid().equals(before) && Pods.isReady(pod));
    terminal.say(
        "%s is back (%s): the same name, a new pod at %s, and in its volume:",
        VICTIM, back.getMetadata().getUid(), back.getStatus().getPodIP());
    terminal.say("  %s", run(client, VICTIM, "cat", PAGE).strip());
    terminal.say("from web-0, by its name: wget http://%s.nginx/ says", VICTIM);
    terminal.say(
        "  %s", run(client, "web-0", "wget", "-qO-", "http://" + VICTIM + ".nginx/").strip());
  }

  private void apply(KubernetesClient client) {
    var file = Path.of(System.getProperty("ordinal.home", "."), "examples", "web.yaml");
    terminal.say("applying %s", file);
    for (var object : load(client, file)) {
      var resource = client.resource(object).inNamespace(NAMESPACE);
      if (resource.get() == null) resource.create();
    }
  }

  private static List<HasMetadata> load(KubernetesClient client, Path file) {
    try (var yaml = Files.newInputStream(file)) {
      return client.load(yaml).items();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitSet(KubernetesClient client) {
    var begun = System.nanoTime();
    client
        .apps()
        .statefulSets()
        .inNamespace(NAMESPACE)
        .withName(SET)
        .waitUntilCondition(
            set ->
                set != null
                    && set.getStatus() != null
                    && set.getSpec().getReplicas().equals(set.getStatus().getReadyReplicas()),
            PATIENCE.toSeconds(),
            TimeUnit.SECONDS);
    terminal.say("the set is ready after %.1f s", (System.nanoTime() - begun) / 1e9);
  }

  private void show(KubernetesClient client) {
    for (var pod :
        client.pods().inNamespace(NAMESPACE).withLabel("app", "nginx").list().getItems()) {
      terminal.say(
          "  pod   %-6s %-8s %-14s on %s",
          pod.getMetadata().getName(),
          pod.getStatus().getPhase(),
          pod.getStatus().getPodIP(),
          pod.getSpec().getNodeName());
    }
    for (var claim : client.persistentVolumeClaims().inNamespace(NAMESPACE).list().getItems()) {
      terminal.say(
          "  claim %-10s %-6s %s",
          claim.getMetadata().getName(),
          claim.getStatus().getPhase(),
          claim.getSpec().getVolumeName());
    }
  }

  private static Pod pod(KubernetesClient client, String name) {
    var pod = client.pods().inNamespace(NAMESPACE).withName(name).get();
    if (pod == null) throw new UserError(UserError.CLUSTER, "pod " + name + " is gone");
    return pod;
  }

  private static Pod await(KubernetesClient client, Predicate<Pod> condition) {
    return client
        .pods()
        .inNamespace(NAMESPACE)
        .withName(VICTIM)
        .waitUntilCondition(
            pod -> pod != null && condition.test(pod), PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static String run(KubernetesClient client, String pod, String... command) {
    return InPod.run(client, NAMESPACE, pod, command);
  }

  /// The last address that nslookup prints is the answer; the first is the server's.
  private static String answerOf(String nslookup) {
    return nslookup
        .lines()
        .filter(line -> line.startsWith("Address") && !line.contains(":53"))
        .reduce((_, last) -> last)
        .map(line -> line.replaceFirst("^Address[ 0-9]*: *", ""))
        .orElse("(no answer) " + nslookup.strip());
  }

  private void nextSteps(DataFolder data) {
    var kubectl = Files.isExecutable(Path.of("/usr/bin/kubectl"));
    if (!kubectl)
      terminal.say("  # kubectl is missing; on Debian 12: apt-get install kubernetes-client");
    terminal.say("  export KUBECONFIG=%s", data.adminConf());
    terminal.say("  kubectl get sts,pods,pvc -o wide");
    terminal.say("  kubectl scale sts web --replicas=5");
    terminal.say("  kubectl exec -it web-0 -- sh");
    if (LocalImages.of(data.path()).contains(MachineImages.NGINX)) {
      terminal.say(
          "  # web runs a stand-in for nginx. With a registry in reach, for the real one:");
      terminal.say(
          "  kubectl delete -f examples/web.yaml; ./ordinal image remove nginx%s", flag(data));
    }
    terminal.say("  ./ordinal status%s", flag(data));
    terminal.say("  ./ordinal down%s", flag(data));
    data.consoleUrl()
        .ifPresent(url -> {
          terminal.say(
              "The console is at %s: sign in as admin with the password that the first", url);
          terminal.say("start has printed, or a new one of ./ordinal passwd admin%s", flag(data));
        });
  }

  private static String flag(DataFolder data) {
    return data.path().equals(DataFolder.defaultPath()) ? "" : " --data " + data.path();
  }
}
