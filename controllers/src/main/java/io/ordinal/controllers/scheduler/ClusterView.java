package io.ordinal.controllers.scheduler;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.Pod;
import io.ordinal.controllers.scheduler.PodVolumes.Settlement;
import io.ordinal.controllers.scheduler.Rejection.Cure;
import io.ordinal.controllers.volume.VolumeMatch;
import io.ordinal.kube.ObjectKey;
import io.ordinal.kube.Pods;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The cluster as the scheduler sees it, kept up to date change by change: nodes with their pods,
/// pods that were placed but are not seen bound yet, and pods for which there was no place.
///
/// What was decided counts at once, before the API server has heard of it: the next pod must not be
/// given the same room.
final class ClusterView {
  /// A pod that has a place which the cache does not show yet.
  ///
  /// @param since by the steady clock
  /// @param bound whether the API server has agreed
  record Reservation(
      Needs pod, String node, List<Settlement> settlements, Instant since, boolean bound) {

    List<String> volumes() {
      return settlements.stream()
          .flatMap(s ->
              s instanceof Settlement.Promise(_, var volume)
                  ? Stream.of(volume.getMetadata().getName())
                  : Stream.empty())
          .toList();
    }
  }

  /// What a decision looks at beside the nodes.
  record Rules(Storage storage, Company.Namespaces namespaces, RandomGenerator random) {}

  private record Parked(Needs pod, Set<Cure> cures) {}

  private final Map<String, NodeInfo> nodes = new TreeMap<>();
  private final Map<String, List<Needs>> withoutNode = new HashMap<>();
  private final Map<ObjectKey, Reservation> reserved = new HashMap<>();
  private final Map<ObjectKey, Parked> parked = new HashMap<>();
  private final Set<String> promised = new HashSet<>();
  private final Consumer<ObjectKey> wake;
  private final Clock steady;

  /// `wake` gets each pod that should be tried again.
  ClusterView(Consumer<ObjectKey> wake, Clock steady) {
    this.wake = wake;
    this.steady = steady;
  }

  /// Decides, and holds the place or lets the pod wait, in one breath: no change of the cluster can
  /// slip in between.
  synchronized Decision place(ObjectKey key, Needs pod, Rules rules) {
    forget(key);
    var world = new Decision.World(nodes.values(), rules.storage(), promised, rules.namespaces());
    Decision decision = Decision.on(world, pod, rules.random());
    switch (decision) {
      case Decision.Place place -> reserve(key, pod, place);
      case Decision.Nowhere(_, var cures) -> parked.put(key, new Parked(pod, cures));
    }
    return decision;
  }

  private void reserve(ObjectKey key, Needs pod, Decision.Place place) {
    var promise = new Reservation(pod, place.node(), place.settlements(), steady.instant(), false);
    reserved.put(key, promise);
    promised.addAll(promise.volumes());
    Optional.ofNullable(nodes.get(place.node())).ifPresent(n -> n.add(pod));
  }

  synchronized Optional<Reservation> reservation(ObjectKey key) {
    return Optional.ofNullable(reserved.get(key));
  }

  /// The API server has agreed; the place is held until the cache shows it.
  synchronized void bound(ObjectKey key) {
    reserved.computeIfPresent(
        key, (_, r) -> new Reservation(r.pod(), r.node(), r.settlements(), r.since(), true));
  }

  synchronized boolean hasNode(String name) {
    return nodes.containsKey(name);
  }

  synchronized boolean canReach(String node, PersistentVolume volume) {
    NodeInfo known = nodes.get(node);
    return known != null && VolumeMatch.isReachable(volume, known.node());
  }

  /// Gives up a place that was not taken.
  synchronized void release(ObjectKey key) {
    Reservation gone = reserved.remove(key);
    if (gone == null) {
      return;
    }
    drop(gone);
    NodeInfo node = nodes.get(gone.node());
    if (node != null) {
      wakeWhoFits(node);
    }
    wake(Cure.VOLUMES);
  }

  private void drop(Reservation promise) {
    promised.removeAll(promise.volumes());
    NodeInfo node = nodes.get(promise.node());
    if (node != null) {
      node.remove(promise.pod().uid());
    }
  }

  /// The pod is gone or is no longer ours to place; one that was bound stays until it is seen.
  synchronized void forgetUnbound(ObjectKey key) {
    parked.remove(key);
    if (reservation(key).filter(r -> !r.bound()).isPresent()) {
      release(key);
    }
  }

  synchronized void nodeChanged(@Nullable Node before, @Nullable Node after) {
    if (after == null) {
      NodeInfo gone = before == null ? null : nodes.remove(before.getMetadata().getName());
      if (gone != null) {
        withoutNode.put(gone.name(), new ArrayList<>(gone.pods()));
        reserved.forEach((key, promise) -> {
          if (promise.node().equals(gone.name())) {
            wake.accept(key);
          }
        });
        wake(Cure.COMPANY);
      }
      return;
    }
    String name = after.getMetadata().getName();
    NodeInfo known = nodes.get(name);
    if (known == null) {
      NodeInfo fresh = new NodeInfo(after);
      List<Needs> early = withoutNode.remove(name);
      if (early != null) {
        early.forEach(fresh::add);
      }
      nodes.put(name, fresh);
      wake(Cure.values());
    } else if (isNews(known.node(), after)) {
      known.become(after);
      wake(Cure.values());
    } else {
      known.become(after);
    }
  }

  /// A heartbeat is no news; what filters look at is.
  private static boolean isNews(Node before, Node after) {
    return !before.getSpec().equals(after.getSpec())
        || !before.getMetadata().getLabels().equals(after.getMetadata().getLabels())
        || before.getStatus() == null
        || !before.getStatus().getAllocatable().equals(after.getStatus().getAllocatable());
  }

  synchronized void podChanged(@Nullable Pod before, @Nullable Pod after) {
    Pod was = before != null && takesRoom(before) ? before : null;
    Pod is = after != null && takesRoom(after) ? after : null;
    // When only its status moved the sums stay, and nobody who waits is helped by it.
    if (was != null && (is == null || !sameShape(was, is))) {
      left(was);
    }
    if (is != null && (was == null || !sameShape(was, is))) {
      arrived(is);
    }
    if (after == null && before != null) {
      forget(ObjectKey.of(before));
    }
  }

  private static boolean takesRoom(Pod pod) {
    return Pods.isScheduled(pod) && !Pods.isTerminal(pod);
  }

  /// Spec objects that are the same after decoding are equal; uid tells namesakes apart.
  private static boolean sameShape(Pod before, Pod after) {
    return before.getMetadata().getUid().equals(after.getMetadata().getUid())
        && before.getMetadata().getLabels().equals(after.getMetadata().getLabels())
        && (before.getMetadata().getDeletionTimestamp() == null)
            == (after.getMetadata().getDeletionTimestamp() == null)
        && (Objects.equals(
                before.getMetadata().getGeneration(), after.getMetadata().getGeneration())
            || before.getSpec().equals(after.getSpec()));
  }

  private void arrived(Pod pod) {
    Needs needs = Needs.of(pod);
    ObjectKey key = ObjectKey.of(pod);
    forget(key);
    NodeInfo node = nodes.get(pod.getSpec().getNodeName());
    if (node != null) {
      node.add(needs);
    } else {
      var early = withoutNode.computeIfAbsent(pod.getSpec().getNodeName(), _ -> new ArrayList<>());
      early.removeIf(p -> p.uid().equals(needs.uid()));
      early.add(needs);
    }
    wake(Cure.COMPANY);
  }

  private void left(Pod pod) {
    NodeInfo node = nodes.get(pod.getSpec().getNodeName());
    if (node != null) {
      node.remove(pod.getMetadata().getUid());
      wakeWhoFits(node);
    } else {
      var early = withoutNode.getOrDefault(pod.getSpec().getNodeName(), new ArrayList<>());
      early.removeIf(p -> p.uid().equals(pod.getMetadata().getUid()));
    }
    wake(Cure.COMPANY);
  }

  /// Forgets promises and waiting, without touching the sums of a node it is really on.
  private void forget(ObjectKey key) {
    parked.remove(key);
    Reservation promise = reserved.remove(key);
    if (promise != null) {
      drop(promise);
    }
  }

  synchronized void wake(Cure... cures) {
    Set<Cure> helpful = Set.of(cures);
    wakeThose(p -> p.cures().stream().anyMatch(helpful::contains));
  }

  /// Those who wait for room are many; only those are woken whom this node could take.
  private void wakeWhoFits(NodeInfo node) {
    wakeThose(p -> p.cures().contains(Cure.ROOM) && Decision.alone(p.pod(), node).isEmpty());
  }

  private void wakeThose(Predicate<Parked> which) {
    if (parked.isEmpty()) {
      return;
    }
    parked.entrySet().stream()
        .filter(e -> which.test(e.getValue()))
        .sorted(Comparator.comparing(Map.Entry::getValue, MOST_URGENT))
        .map(Map.Entry::getKey)
        .toList()
        .forEach(key -> {
          parked.remove(key);
          wake.accept(key);
        });
  }

  /// The higher priority first, then the older.
  private static final Comparator<Parked> MOST_URGENT =
      Comparator.<Parked>comparingInt(p -> -priority(p.pod().pod()))
          .thenComparing(p -> String.valueOf(p.pod().pod().getMetadata().getCreationTimestamp()))
          .thenComparing(p -> ObjectKey.of(p.pod().pod()));

  private static int priority(Pod pod) {
    return pod.getSpec().getPriority() == null ? 0 : pod.getSpec().getPriority();
  }
}
