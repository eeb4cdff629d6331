package io.ordinal.platform.business;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.ordinal.kube.Controller;
import io.ordinal.kube.Informers;
import io.ordinal.kube.ObjectKey;
import io.ordinal.kube.Reconciler;
import io.ordinal.kube.Scope;
import io.ordinal.kube.WorkQueue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The namespaces in one cluster: a queue of their own, so that a cluster that does not answer
/// keeps nobody else waiting, and watches of what becomes of them there.
final class Lane implements AutoCloseable {

  private static final int WORKERS = 2;

  /// Usage changes with every pod; a status need not.
  private static final Duration USAGE_PAUSE = Duration.ofSeconds(1);

  private final String cluster;
  private final Informers informers;
  private final Controller controller;

  Lane(
      String cluster,
      KubernetesClient client,
      Reconciler reconciler,
      InstantSource steady,
      RandomGenerator random) {
    this.cluster = cluster;
    this.informers = new Informers(client, steady, random);
    this.controller = controller(cluster, reconciler, steady);
    var ours = new Scope("", Project.LABEL, "");
    informers.of(Namespace.class, ours).onChange(this::changed);
    informers.of(ResourceQuota.class, ours).onChange(this::changed);
  }

  private static Controller controller(
      String cluster, Reconciler reconciler, InstantSource steady) {
    return new Controller(
        "business-namespaces-" + cluster, reconciler, new WorkQueue<>(steady), WORKERS);
  }

  private void changed(@Nullable HasMetadata before, @Nullable HasMetadata after) {
    var last = after == null ? before : after;
    if (last == null) return;
    var key = keyOf(last);
    var isUsage = before instanceof ResourceQuota && after != null;
    controller.queue().addAfter(key, isUsage ? USAGE_PAUSE : Duration.ZERO);
    // What has lost a label was somebody's before.
    if (before != null && !keyOf(before).equals(key)) controller.queue().add(keyOf(before));
  }

  /// Without a label of ours it is to be adopted, and the object has the name that belongs to it.
  private ObjectKey keyOf(HasMetadata object) {
    var labels = NamespacePlan.labels(object);
    var name = new Place(cluster, object.getMetadata().getName()).objectName();
    return new ObjectKey(
        labels.getOrDefault(Project.LABEL, ""), labels.getOrDefault(BusinessNamespace.LABEL, name));
  }

  void look(ObjectKey key) {
    controller.queue().add(key);
  }

  /// What is still to be looked at.
  Set<ObjectKey> left() {
    return controller.queue().keys();
  }

  void start() {
    informers.start();
    controller.start();
  }

  boolean step() {
    var worked = informers.step();
    worked |= controller.step();
    return worked;
  }

  @Override
  public void close() {
    controller.close();
    informers.close();
  }
}
