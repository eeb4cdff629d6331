package io.ordinal.testing;

import static io.ordinal.platform.why.facts.Cause.*;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Taint;
import io.ordinal.platform.why.facts.Cause;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Faults of nodes, of the way to them, and of pods that end there.
final class FaultsOfPlaces {

  private static final String SPREAD_OVER_TWO =
      "topologySpreadConstraints: [{maxSkew: 1, minDomains: 2, topologyKey: kubernetes.io/hostname,"
          + " whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: web}}}]";
  private static final String HOST_PORT = "ports: [{containerPort: 80, hostPort: 8080}]";

  private FaultsOfPlaces() {}

  static List<Fault> all() {
    return Stream.of(full(), unfit(), waiting(), gone(), refused(), ending())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Fault> full() {
    return List.of(
        Fault.of("more cpu than there is", TOO_BIG).container("resources: {requests: {cpu: 1000}}"),
        Fault.of("all cpu is taken", NO_ROOM)
            .replicas(2)
            .container("resources: {requests: {cpu: 40}}"),
        Fault.of("more pods than a node takes", TOO_MANY_PODS)
            .replicas(111)
            .set("podManagementPolicy: Parallel")
            .within(Duration.ofSeconds(5)),
        Fault.of("the host port is taken", HOST_PORT_TAKEN).replicas(2).container(HOST_PORT));
  }

  private static List<Fault> unfit() {
    return List.of(
        Fault.of("no node has the label", NODE_SELECTOR).pod("nodeSelector: {disk: ssd}"),
        Fault.of("the node is tainted", TAINTED)
            .before(
                edit(node ->
                    node.getSpec()
                        .getTaints()
                        .add(new Taint("NoSchedule", "example.com/only", null, "db")))),
        Fault.of("the node is cordoned", CORDONED)
            .before(edit(node -> node.getSpec().setUnschedulable(true))),
        Fault.of("pods may not meet", ANTI_AFFINITY)
            .replicas(2)
            .pod(
                "affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: ["
                    + "{topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: web}}}]}}"),
        Fault.of("pods want to meet nobody", POD_AFFINITY)
            .pod(
                "affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: ["
                    + "{topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: db}}}]}}"),
        Fault.of("two nodes are wanted", TOPOLOGY_SPREAD).replicas(2).pod(SPREAD_OVER_TWO));
  }

  private static Consumer<World> edit(Consumer<Node> change) {
    return world ->
        world
            .admin
            .nodes()
            .withName("node-1")
            .edit(node -> {
              change.accept(node);
              return node;
            });
  }

  private static List<Fault> waiting() {
    return List.of(
        Fault.of("a gate keeps the scheduler away", SCHEDULING_GATE)
            .pod("schedulingGates: [{name: example.com/hold}]"),
        Fault.of("no such scheduler", SCHEDULER_SILENT).pod("schedulerName: mine"));
  }

  private static List<Fault> gone() {
    return List.of(
        Fault.of("the node is gone", NODE_DOWN)
            .then(world -> world.cluster.loseNode("node-1"))
            .then(world -> world.pass(Duration.ofMinutes(2))),
        Fault.of("there is no node", NO_NODES)
            .before(world -> world.cluster.loseNode("node-1"))
            .before(world -> world.admin.nodes().withName("node-1").delete()),
        lone("the pod's node does not exist", NODE_MISSING, "nodeName: nowhere", "")
            .within(Duration.ofSeconds(3)));
  }

  private static List<Fault> refused() {
    return List.of(
        lone(
            "the node refuses the pod",
            REFUSED_NO_ROOM,
            "nodeName: node-1",
            "resources: {requests: {cpu: 1000}}"),
        lone(
            "the node is not the one that the pod wants",
            REFUSED,
            "nodeName: node-1, nodeSelector: {disk: ssd}",
            ""),
        Fault.of("the node's port is another pod's", REFUSED_HOST_PORT)
            .withoutSet()
            .given(pod("first", "nodeName: node-1", HOST_PORT))
            .before(World::settle)
            .given(pod("web-0", "nodeName: node-1", HOST_PORT))
            .asks("pod/web-0"),
        lone("the pod's time is over", DEADLINE_EXCEEDED, "activeDeadlineSeconds: 5", ""));
  }

  private static List<Fault> ending() {
    return List.of(
        Fault.of("a pod ends on a lost node", ENDING_NODE_DOWN)
            .then(world -> world.cluster.loseNode("node-1"))
            .then(world -> world.pass(Duration.ofMinutes(2)))
            .thenDeleted()
            .then(World::settle),
        lone("a pod ends on a node that does not exist", ENDING_NODE_GONE, "nodeName: nowhere", "")
            .within(Duration.ofSeconds(3))
            .thenDeleted()
            .then(World::settle),
        Fault.of("nothing is heard of a pod's end", ENDING_OVERDUE)
            .pod("terminationGracePeriodSeconds: 1")
            .then(world -> world.cluster.cutOff("node-1"))
            .thenDeleted()
            .then(world -> world.pass(Duration.ofSeconds(20))),
        Fault.of("a finalizer keeps a pod", ENDING_FINALIZER)
            .then(world ->
                Fault.pods(world)
                    .withName("web-0")
                    .edit(pod -> {
                      pod.getMetadata().getFinalizers().add("example.com/backup");
                      return pod;
                    }))
            .thenDeleted()
            .then(world -> world.pass(Duration.ofMinutes(1))),
        Fault.of("a pod takes its time to end", ENDING)
            .simulated("stop-delay", "25s")
            .thenDeleted()
            .then(World::settle));
  }

  /// The pod `web-0`, and no set.
  private static Fault lone(String title, Cause cause, String spec, String container) {
    return Fault.of(title, cause)
        .withoutSet()
        .given(pod("web-0", spec, container))
        .asks("pod/web-0");
  }

  static String pod(String name, String spec, String container) {
    return """
    apiVersion: v1
    kind: Pod
    metadata: {name: %s, namespace: default}
    spec: {%s, containers: [{name: main, image: registry.example/nginx, %s}]}
    """
        .formatted(name, spec, container);
  }
}
