package io.ordinal.platform.business;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.ordinal.kube.Controller;
import io.ordinal.kube.ObjectKey;
import io.ordinal.kube.Outcome;
import io.ordinal.kube.WorkQueue;
import io.ordinal.platform.answer.Refusal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A [Lane] for each cluster that a business's namespace is in, made when the first one comes, and
/// a queue for what is in none.
final class Lanes implements AutoCloseable {

  private final NamespaceController namespaces;
  private final ClusterClients clusters;
  private final InstantSource steady;
  private final RandomGenerator random;
  private final Controller nowhere;
  private final Map<String, Opened> lanes = new LinkedHashMap<>();
  private boolean started;

  private record Opened(KubernetesClient client, Lane lane) {}

  Lanes(
      NamespaceController namespaces,
      ClusterClients clusters,
      InstantSource steady,
      RandomGenerator random) {
    this.namespaces = namespaces;
    this.clusters = clusters;
    this.steady = steady;
    this.random = random;
    this.nowhere =
        new Controller(
            "business-namespaces", key -> reconcile(key, ""), new WorkQueue<>(steady), 1);
  }

  /// Has an object of a business looked at.
  void look(ObjectKey key) {
    var lane = lane(namespaces.clusterOf(key));
    if (lane == null) nowhere.queue().add(key);
    else look(key, lane);
  }

  /// A lane that has ended meanwhile may have counted what was left in it already.
  private void look(ObjectKey key, Lane lane) {
    lane.look(key);
    if (!all().contains(lane)) look(key);
  }

  /// Each key in the lane of its cluster, which may have become another one.
  private Outcome reconcile(ObjectKey key, String here) {
    var cluster = namespaces.clusterOf(key);
    var there = lane(cluster) == null ? "" : cluster;
    if (there.equals(here)) return namespaces.reconcile(key);
    look(key);
    return Outcome.DONE;
  }

  private synchronized @Nullable Lane lane(String cluster) {
    var client = client(cluster);
    var known = lanes.get(cluster);
    if (known != null && client.isPresent() && known.client().equals(client.get()))
      return known.lane();
    if (known != null) close(cluster);
    return client.isPresent() ? open(cluster, client.get()) : null;
  }

  private Optional<KubernetesClient> client(String cluster) {
    try {
      return cluster.isEmpty() ? Optional.empty() : clusters.find(cluster);
    } catch (Refusal e) {
      return Optional.empty();
    }
  }

  private Lane open(String cluster, KubernetesClient client) {
    var lane = new Lane(cluster, client, key -> reconcile(key, cluster), steady, random);
    lanes.put(cluster, new Opened(client, lane));
    if (started) lane.start();
    return lane;
  }

  /// Whoever finds it out may be one of the lane's own workers, for whose end closing waits.
  private void close(String cluster) {
    Optional.ofNullable(lanes.remove(cluster))
        .ifPresent(gone -> Thread.ofVirtual().name("lane-end").start(() -> end(gone.lane())));
  }

  /// One key has found out that the cluster is gone; the others would wait in its lane for ever.
  private void end(Lane lane) {
    lane.close();
    lane.left().forEach(this::look);
  }

  synchronized void start() {
    started = true;
    nowhere.start();
    lanes.values().forEach(each -> each.lane().start());
  }

  boolean step() {
    var worked = nowhere.step();
    for (var lane : all()) worked |= lane.step();
    return worked;
  }

  private synchronized List<Lane> all() {
    return new ArrayList<>(lanes.values().stream().map(Opened::lane).toList());
  }

  @Override
  public void close() {
    // A lane that ends just now may open another one, which nobody would close.
    synchronized (this) {
      started = false;
    }
    nowhere.close();
    all().forEach(Lane::close);
  }
}
