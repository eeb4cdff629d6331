package io.ordinal.testing;

import static io.ordinal.platform.why.facts.Cause.*;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.time.Duration;
import java.util.List;

/// Faults of nodes, claims, limits and the sets themselves.
final class FaultsOfPlaces {

  private static final String CLAIM =
      "volumeClaimTemplates: [{metadata: {name: data}, spec: {%s accessModes: [ReadWriteOnce],"
          + " resources: {requests: {storage: 1Gi}}}}]";
  private static final String BY_HAND =
      """
      apiVersion: storage.k8s.io/v1
      kind: StorageClass
      metadata: {name: hand}
      provisioner: kubernetes.io/no-provisioner
      """;
  private static final String VOLUME =
      """
      apiVersion: v1
      kind: PersistentVolume
      metadata: {name: disk}
      spec:
        storageClassName: hand
        capacity: {storage: %s}
        accessModes: [%s]
        hostPath: {path: /disk}
      """;
  private static final String LONE_POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: web-0, namespace: default}
      spec: {nodeName: node-1, containers: [{name: main, image: registry.example/nginx, resources: {requests: {cpu: 1000}}}]}
      """;

  private FaultsOfPlaces() {}

  static List<Fault> all() {
    return List.of(
        Fault.of("more cpu than there is", TOO_BIG).container("resources: {requests: {cpu: 1000}}"),
        Fault.of("all cpu is taken", NO_ROOM)
            .replicas(2)
            .container("resources: {requests: {cpu: 40}}"),
        Fault.of("no node has the label", NODE_SELECTOR).pod("nodeSelector: {disk: ssd}"),
        Fault.of("the node is tainted", TAINTED)
            .before(world ->
                world
                    .admin
                    .nodes()
                    .withName("node-1")
                    .edit(node -> {
                      node.getSpec().getTaints().add(taint());
                      return node;
                    })),
        Fault.of("the node is cordoned", CORDONED)
            .before(world ->
                world
                    .admin
                    .nodes()
                    .withName("node-1")
                    .edit(node -> {
                      node.getSpec().setUnschedulable(true);
                      return node;
                    })),
        Fault.of("pods may not meet", ANTI_AFFINITY)
            .replicas(2)
            .pod(
                "affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: ["
                    + "{topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: web}}}]}}"),
        Fault.of("pods want to meet nobody", POD_AFFINITY)
            .pod(
                "affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: ["
                    + "{topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: db}}}]}}"),
        Fault.of("the host port is taken", HOST_PORT_TAKEN)
            .replicas(2)
            .container("ports: [{containerPort: 80, hostPort: 8080}]"),
        Fault.of("a gate keeps the scheduler away", SCHEDULING_GATE)
            .pod("schedulingGates: [{name: example.com/hold}]"),
        Fault.of("no such scheduler", SCHEDULER_SILENT).pod("schedulerName: mine"),
        Fault.of("the node is gone", NODE_DOWN)
            .then(world -> world.cluster.loseNode("node-1"))
            .then(world -> world.pass(Duration.ofMinutes(2))),
        Fault.of("a pod ends on a lost node", ENDING_NODE_DOWN)
            .then(world -> world.cluster.loseNode("node-1"))
            .then(world -> world.pass(Duration.ofMinutes(2)))
            .then(world -> pods(world).withName("web-0").delete())
            .then(World::settle),
        Fault.of("a finalizer keeps a pod", ENDING_FINALIZER)
            .then(world ->
                pods(world)
                    .withName("web-0")
                    .edit(pod -> {
                      pod.getMetadata().getFinalizers().add("example.com/backup");
                      return pod;
                    }))
            .then(world -> pods(world).withName("web-0").delete())
            .then(world -> world.pass(Duration.ofMinutes(1))),
        Fault.of("a pod takes its time to end", ENDING)
            .simulated("stop-delay", "25s")
            .then(world -> pods(world).withName("web-0").delete())
            .then(World::settle),
        Fault.of("the node refuses the pod", REFUSED_NO_ROOM)
            .withoutSet()
            .given(LONE_POD)
            .asks("pod/web-0"),
        Fault.of("no such class", CLASS_MISSING).set(CLAIM.formatted("storageClassName: fast,")),
        Fault.of("no class, no default", NO_CLASS)
            .before(
                world -> world.admin.storage().v1().storageClasses().withName("standard").delete())
            .set(CLAIM.formatted("")),
        Fault.of("no volume made by hand", NO_VOLUME)
            .given(BY_HAND)
            .set(CLAIM.formatted("storageClassName: hand,")),
        Fault.of("the volume is too small", VOLUMES_TOO_SMALL)
            .given(BY_HAND + "---\n" + VOLUME.formatted("1Mi", "ReadWriteOnce"))
            .set(CLAIM.formatted("storageClassName: hand,")),
        Fault.of("the volume is read-only", ACCESS_MODES)
            .given(BY_HAND + "---\n" + VOLUME.formatted("5Gi", "ReadOnlyMany"))
            .set(CLAIM.formatted("storageClassName: hand,")),
        Fault.of("the provisioner does not run", PROVISIONER_SILENT)
            .given(BY_HAND.replace("kubernetes.io/no-provisioner", "example.com/disk"))
            .set(CLAIM.formatted("storageClassName: hand,")),
        Fault.of("a claim that nobody uses", WAITS_FOR_CONSUMER)
            .withoutSet()
            .given(claim("data", ""))
            .asks("persistentvolumeclaim/data"),
        Fault.of("a claim whose pod has no node", NODE_SELECTOR)
            .set(CLAIM.formatted(""))
            .pod("nodeSelector: {disk: ssd}")
            .asks("persistentvolumeclaim/data-web-0"),
        Fault.of("a claim names a volume that is not there", VOLUME_MISSING)
            .withoutSet()
            .given(claim("data", "volumeName: nowhere,"))
            .asks("persistentvolumeclaim/data"),
        Fault.of("a claim is deleted while in use", CLAIM_IN_USE)
            .set(CLAIM.formatted(""))
            .then(world ->
                world
                    .admin
                    .persistentVolumeClaims()
                    .inNamespace("default")
                    .withName("data-web-0")
                    .delete())
            .then(World::settle)
            .asks("persistentvolumeclaim/data-web-0"),
        Fault.of("the pod's claim does not exist", CLAIM_MISSING)
            .pod("volumes: [{name: data, persistentVolumeClaim: {claimName: nobody}}]"));
  }

  private static NonNamespaceOperation<Pod, PodList, PodResource> pods(World world) {
    return world.admin.pods().inNamespace("default");
  }

  private static Taint taint() {
    return new Taint("NoSchedule", "example.com/only", null, "db");
  }

  private static String claim(String name, String more) {
    return """
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata: {name: %s, namespace: default}
    spec: {%s accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
    """
        .formatted(name, more);
  }
}
