package io.ordinal.controllers.scheduler;

import io.fabric8.kubernetes.api.model.Node;
import io.ordinal.kube.Quantities;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A node with the pods that are on it or promised to it, and the sums that follow from them. The
/// sums are kept, not recomputed: adding a pod costs the same however many there are.
final class NodeInfo {
  private final Map<String, Needs> pods = new HashMap<>();
  private final Map<String, Integer> podsOfOwner = new HashMap<>();
  private Node node;
  private Resources allocatable;
  private long podsAllowed;
  private Resources requested = Resources.NONE;
  private Resources assumed = Resources.NONE;
  private int repelling;
  private int withPorts;

  NodeInfo(Node node) {
    this.node = node;
    this.allocatable = Resources.NONE;
    become(node);
  }

  /// Takes over a newer state of the node; its pods stay.
  void become(Node newer) {
    node = newer;
    var amounts =
        newer.getStatus() == null
            ? Map.<String, io.fabric8.kubernetes.api.model.Quantity>of()
            : newer.getStatus().getAllocatable();
    allocatable = Resources.of(amounts);
    podsAllowed = Quantities.whole(amounts.get("pods"));
  }

  void add(Needs pod) {
    remove(pod.uid());
    pods.put(pod.uid(), pod);
    count(pod, 1);
    requested = requested.plus(pod.requests());
    assumed = assumed.plus(pod.assumed());
  }

  void remove(String uid) {
    Needs gone = pods.remove(uid);
    if (gone != null) {
      count(gone, -1);
      requested = requested.minus(gone.requests());
      assumed = assumed.minus(gone.assumed());
    }
  }

  private void count(Needs pod, int by) {
    pod.owner().ifPresent(o -> podsOfOwner.merge(o, by, (a, b) -> a + b == 0 ? null : a + b));
    repelling += pod.refusedCompany().isEmpty() ? 0 : by;
    withPorts += pod.ports().isEmpty() ? 0 : by;
  }

  String name() {
    return node.getMetadata().getName();
  }

  Node node() {
    return node;
  }

  Optional<String> label(String key) {
    return Optional.ofNullable(node.getMetadata().getLabels().get(key));
  }

  Resources allocatable() {
    return allocatable;
  }

  Resources requested() {
    return requested;
  }

  Resources assumed() {
    return assumed;
  }

  long podsAllowed() {
    return podsAllowed;
  }

  Collection<Needs> pods() {
    return pods.values();
  }

  boolean holds(String uid) {
    return pods.containsKey(uid);
  }

  int podsOf(String owner) {
    return podsOfOwner.getOrDefault(owner, 0);
  }

  /// Whether some pod here refuses company, so that newcomers must be compared with it.
  boolean hasRepellingPods() {
    return repelling > 0;
  }

  boolean hasHostPorts() {
    return withPorts > 0;
  }
}
