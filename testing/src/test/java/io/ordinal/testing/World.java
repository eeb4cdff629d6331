package io.ordinal.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.ordinal.kube.Informers;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// A [SimulatedCluster] and what a test does with it, in one line each.
final class World implements AutoCloseable {
  private static final Duration MOMENT = Duration.ofSeconds(3);

  final SimulatedCluster cluster;
  final KubernetesClient admin;
  private final Informers informers;
  private Runnable always = () -> {};
  private int renewals;
  private long expectedRefusals;

  World(long seed, int nodes) {
    cluster = new SimulatedCluster(seed, nodes);
    admin = cluster.client();
    informers = new Informers(admin, cluster.clock().steady(), new Random(seed));
    informers.of(Lease.class).onChange((before, after) -> renewals++);
    settle();
  }

  /// Something that must hold after every step.
  void always(Runnable invariant) {
    always = invariant;
  }

  /// The test itself has sent this many requests that had to be refused.
  void expectRefusals(long count) {
    expectedRefusals = count;
  }

  /// What needs only a moment happens.
  void settle() {
    pass(MOMENT);
  }

  void pass(Duration time) {
    cluster.await(
        () -> {
          informers.step();
          always.run();
          return false;
        },
        time);
    cluster.pass(Duration.ZERO);
  }

  /// Creates what a manifest lists.
  void apply(String yaml) {
    admin
        .load(new ByteArrayInputStream(("---\n" + yaml).getBytes(StandardCharsets.UTF_8)))
        .items()
        .forEach(item -> admin.resource(item).create());
  }

  List<Pod> pods() {
    return admin.pods().inNamespace("default").list().getItems();
  }

  Optional<Pod> pod(String name) {
    return Optional.ofNullable(admin.pods().inNamespace("default").withName(name).get());
  }

  String nodeOf(String pod) {
    return pod(pod).orElseThrow().getSpec().getNodeName();
  }

  Node node(String name) {
    return admin.nodes().withName(name).get();
  }

  void scale(String set, int replicas) {
    admin.apps().statefulSets().inNamespace("default").withName(set).scale(replicas);
  }

  /// How often nodes have renewed their leases so far.
  int renewals() {
    return renewals;
  }

  @Override
  public void close() {
    var refusals = cluster.refusals();
    cluster.close();
    assertThat(refusals)
        .as("requests of parts that lacked a right: see the log")
        .isEqualTo(expectedRefusals);
  }
}
