package io.ordinal.testing;

import java.util.List;
import java.util.Random;

/// StatefulSets of many shapes with nothing wrong: what they are made of is decided by their
/// number.
final class HealthySets {

  private static final List<String> EXTRAS =
      List.of(
          "readinessProbe: {tcpSocket: {port: 80}}",
          "livenessProbe: {tcpSocket: {port: 80}}",
          "startupProbe: {tcpSocket: {port: 80}}",
          "lifecycle: {preStop: {exec: {command: [say-goodbye]}}}",
          "resources: {requests: {cpu: 10m, memory: 1Mi}, limits: {memory: 8Mi}}");

  private HealthySets() {}

  /// Makes `set-N`.
  static void make(World world, int number) {
    world.apply(manifest(number, new Random(number)));
  }

  /// Three of four are updated, scaled, or lose a pod.
  static void change(World world, int number) {
    var name = "set-" + number;
    switch (number % 4) {
      case 1 -> update(world, name);
      case 2 -> world.scale(name, 1);
      case 3 -> world.admin.pods().inNamespace("default").withName(name + "-0").delete();
      default -> {
        // stays as it was made
      }
    }
  }

  private static void update(World world, String name) {
    world
        .admin
        .apps()
        .statefulSets()
        .inNamespace("default")
        .withName(name)
        .edit(set -> {
          set.getSpec().getTemplate().getMetadata().getLabels().put("version", "2");
          return set;
        });
  }

  private static String manifest(int number, Random random) {
    return """
    apiVersion: v1
    kind: Service
    metadata: {name: set-%1$d, namespace: default}
    spec: {clusterIP: None, selector: {app: set-%1$d}, ports: [{port: 80}]}
    ---
    apiVersion: apps/v1
    kind: StatefulSet
    metadata: {name: set-%1$d, namespace: default}
    spec:
      serviceName: set-%1$d
      replicas: %2$d
      podManagementPolicy: %3$s
      minReadySeconds: %4$d
      selector: {matchLabels: {app: set-%1$d}}
      template:
        metadata:
          labels: {app: set-%1$d}
          annotations: {simulated.ordinal.io/ready.main: after %5$ds}
        spec:
          %6$s
          containers:
          - name: main
            image: registry.example/nginx:1
            %7$s
      %8$s
    """
        .formatted(
            number,
            1 + random.nextInt(3),
            random.nextBoolean() ? "Parallel" : "OrderedReady",
            random.nextInt(3),
            random.nextInt(2),
            random.nextInt(3) == 0
                ? "initContainers: [{name: setup, image: registry.example/setup}]"
                : "terminationGracePeriodSeconds: 5",
            EXTRAS.get(random.nextInt(EXTRAS.size())),
            random.nextInt(3) == 0
                ? "volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes:"
                    + " [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]"
                : "");
  }
}
