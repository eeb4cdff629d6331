package io.ordinal.node.pod;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// What the agent remembers of a pod; a copy, made for one plan.
///
/// @param prepared its folders, volumes and cgroup are there
/// @param trouble why preparing it or making its sandbox failed last
/// @param failure the node's decision to end it
/// @param cleanedUp everything that was prepared is undone
/// @param activeSince when the node began with it, once that is known
/// @param stopDeadlines per container id: when the stop that is under way will kill it
public record Memory(
    boolean prepared,
    Optional<Trouble> trouble,
    Optional<Failure> failure,
    boolean cleanedUp,
    Optional<Instant> activeSince,
    Map<String, Instant> stopDeadlines,
    Map<String, ContainerMemory> containers) {

  /// A pod just seen.
  public static final Memory BLANK =
      new Memory(
          false, Optional.empty(), Optional.empty(), false, Optional.empty(), Map.of(), Map.of());

  /// What is remembered of a container.
  public ContainerMemory of(String container) {
    return containers.getOrDefault(container, ContainerMemory.BLANK);
  }
}
