package io.ordinal.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What the command line said.
///
/// @param kubeconfigs one cluster to measure, or two to measure alternately
/// @param span how long each number of writers writes
/// @param count how much of it: watchers, pods, writes or repetitions, 0 for the usual number
/// @param images of the rollout: what it starts with and what it goes to
/// @param local how `startup` and `memory` start an Ordinal of their own
record Settings(
    List<Path> kubeconfigs, Duration span, int count, Images images, Local local, Load load) {

  /// @param next empty: the pods' annotations change instead
  record Images(String first, Optional<String> next) {}

  /// @param home the folder with the `ordinal` command
  /// @param arguments for `ordinal up`
  record Local(Path home, List<String> arguments) {}

  /// @param rate events per second of `watch`
  /// @param replicas of the set of `rollout`
  /// @param processes whose CPU is looked at after `scale`
  record Load(int rate, int replicas, List<Long> processes) {}

  int countOr(int usual) {
    return count == 0 ? usual : count;
  }
}
