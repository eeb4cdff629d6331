package io.ordinal.controllers.scheduler;

import io.ordinal.controllers.scheduler.Rejection.Cure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Where a pod goes: a value, computed from values.
sealed interface Decision {
  /// @param settlements what its waiting claims need first
  record Place(String node, List<PodVolumes.Settlement> settlements) implements Decision {}

  /// @param message as the event FailedScheduling and the condition PodScheduled tell it
  /// @param cures which changes may help
  record Nowhere(String message, Set<Cure> cures) implements Decision {}

  /// What the pod is compared with: all nodes in the order of their names, claims and volumes, the
  /// volumes promised to other pods a moment ago.
  record World(
      Collection<NodeInfo> nodes,
      Storage storage,
      Set<String> promised,
      Company.Namespaces namespaces) {}

  static Decision on(World world, Needs pod, RandomGenerator random) {
    if (world.nodes().isEmpty()) {
      return new Nowhere("no nodes available to schedule pods", EnumSet.of(Cure.NODE));
    }
    return switch (PodVolumes.of(pod.pod(), world.storage())) {
      case PodVolumes.Impossible(String reason) -> impossible(reason, world.nodes().size());
      case PodVolumes.Known volumes -> among(world, pod, volumes, random);
    };
  }

  private static Decision impossible(String reason, int nodes) {
    return new Nowhere(
        "0/%d nodes are available: %s. %s".formatted(nodes, reason, preemption(nodes, 0, nodes)),
        EnumSet.of(Cure.VOLUMES));
  }

  private static Decision among(
      World world, Needs pod, PodVolumes.Known volumes, RandomGenerator random) {
    Company company = Company.of(pod, world.nodes(), world.namespaces());
    Spread spread = Spread.of(pod, world.nodes());
    List<NodeInfo> feasible = new ArrayList<>();
    List<Rejection> rejections = new ArrayList<>();
    for (NodeInfo node : world.nodes()) {
      NodeFilters.check(pod, node)
          .or(() -> volumes.check(node, world.promised()))
          .or(() -> spread.check(node))
          .or(() -> company.check(node))
          .ifPresentOrElse(rejections::add, () -> feasible.add(node));
    }
    if (feasible.isEmpty()) {
      return nowhere(rejections);
    }
    NodeInfo best = best(pod, company, feasible, random);
    return new Place(best.name(), volumes.settle(best, world.promised()).orElseThrow());
  }

  /// The node with the highest score; chance decides among equals.
  private static NodeInfo best(
      Needs pod, Company company, List<NodeInfo> nodes, RandomGenerator random) {
    if (nodes.size() == 1) {
      return nodes.getFirst();
    }
    int[] scores = Scores.of(pod, company, nodes);
    int best = 0;
    int equals = 1;
    for (int i = 1; i < scores.length; i++) {
      if (scores[i] > scores[best]) {
        best = i;
        equals = 1;
      } else if (scores[i] == scores[best] && random.nextInt(++equals) == 0) {
        best = i;
      }
    }
    return nodes.get(best);
  }

  private static Nowhere nowhere(List<Rejection> rejections) {
    Map<String, Integer> counts = new HashMap<>();
    rejections.stream()
        .flatMap(r -> r.reasons().stream())
        .forEach(reason -> counts.merge(reason, 1, Integer::sum));
    int all = rejections.size();
    int room = (int) rejections.stream().filter(Rejection::room).count();
    Set<Cure> cures = EnumSet.noneOf(Cure.class);
    rejections.forEach(r -> cures.add(r.cure()));
    return new Nowhere(
        "0/%d nodes are available: %s. %s"
            .formatted(all, counted(counts), preemption(all, room, all - room)),
        cures);
  }

  /// No pod is ever put out for another here; the sentence is the one that people know.
  private static String preemption(int all, int noVictims, int notHelpful) {
    Map<String, Integer> counts = new HashMap<>();
    if (noVictims > 0) {
      counts.put("No preemption victims found for incoming pod", noVictims);
    }
    if (notHelpful > 0) {
      counts.put("Preemption is not helpful for scheduling", notHelpful);
    }
    return "preemption: 0/%d nodes are available: %s.".formatted(all, counted(counts));
  }

  private static String counted(Map<String, Integer> counts) {
    Stream<String> told = counts.entrySet().stream().map(e -> e.getValue() + " " + e.getKey());
    return String.join(", ", told.sorted().toList());
  }

  /// Whether a node that lost a pod has become good enough for one that waits for room.
  static Optional<Rejection> alone(Needs pod, NodeInfo node) {
    return NodeFilters.check(pod, node);
  }
}
