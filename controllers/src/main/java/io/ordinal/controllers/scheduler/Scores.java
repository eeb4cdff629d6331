package io.ordinal.controllers.scheduler;

import io.ordinal.kube.NodeSelectors;
import io.ordinal.kube.Taints;
import java.util.List;
import java.util.function.ToIntFunction;

/// How well a node suits a pod, among those that do. Each view gives 0 to 100 and has a weight, as
/// upstream's default profile has them: room left (1), balance (1), siblings elsewhere (2),
/// preferred nodes (2), preferred company (2), no soft taint (3).
final class Scores {
  private static final int MOST = 100;

  private Scores() {}

  /// The score of each node, in the order of the nodes.
  static int[] of(Needs pod, Company company, List<NodeInfo> nodes) {
    int[] scores = new int[nodes.size()];
    add(scores, 1, nodes, n -> roomLeft(pod, n));
    add(scores, 1, nodes, n -> balance(pod, n));
    if (pod.owner().isPresent()) {
      addRelative(scores, 2, nodes, n -> -n.podsOf(pod.owner().get()));
    }
    if (!pod.preferredNodes().isEmpty()) {
      addRelative(scores, 2, nodes, n -> preferredNode(pod, n));
    }
    addRelative(scores, 2, nodes, company::preference);
    addRelative(scores, 3, nodes, n -> -softTaints(pod, n));
    return scores;
  }

  private static void add(
      int[] scores, int weight, List<NodeInfo> nodes, ToIntFunction<NodeInfo> view) {
    for (int i = 0; i < scores.length; i++) {
      scores[i] += weight * view.applyAsInt(nodes.get(i));
    }
  }

  /// The best of the nodes gets 100, the worst 0, the others in proportion; nobody anything when
  /// all are alike.
  private static void addRelative(
      int[] scores, int weight, List<NodeInfo> nodes, ToIntFunction<NodeInfo> view) {
    int[] raw = nodes.stream().mapToInt(view).toArray();
    int least = Integer.MAX_VALUE;
    int most = Integer.MIN_VALUE;
    for (int value : raw) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    if (most == least) {
      return;
    }
    for (int i = 0; i < scores.length; i++) {
      scores[i] += weight * (int) ((long) (raw[i] - least) * MOST / (most - least));
    }
  }

  private static int roomLeft(Needs pod, NodeInfo node) {
    Resources all = node.allocatable();
    Resources used = node.assumed().plus(pod.assumed());
    return (free(all.milliCpu(), used.milliCpu()) + free(all.memory(), used.memory())) / 2;
  }

  private static int free(long all, long used) {
    return all <= 0 || used >= all ? 0 : (int) ((all - used) * (double) MOST / all);
  }

  /// Full marks when cpu and memory are used to the same degree.
  private static int balance(Needs pod, NodeInfo node) {
    Resources all = node.allocatable();
    Resources used = node.requested().plus(pod.requests());
    double apart =
        Math.abs(share(used.milliCpu(), all.milliCpu()) - share(used.memory(), all.memory()));
    return (int) ((1 - apart / 2) * MOST);
  }

  private static double share(long used, long all) {
    return all <= 0 ? 1 : Math.min(1, (double) used / all);
  }

  private static int preferredNode(Needs pod, NodeInfo node) {
    return pod.preferredNodes().stream()
        .filter(t -> NodeSelectors.matches(t.getPreference(), node.node()))
        .mapToInt(t -> t.getWeight())
        .sum();
  }

  private static int softTaints(Needs pod, NodeInfo node) {
    return (int)
        node.node().getSpec().getTaints().stream()
            .filter(t -> Taints.PREFER_NO_SCHEDULE.equals(t.getEffect()))
            .filter(t ->
                pod.pod().getSpec().getTolerations().stream()
                    .noneMatch(b -> Taints.tolerates(b, t)))
            .count();
  }
}
