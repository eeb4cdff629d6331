package io.ordinal.node.pod;

import io.ordinal.node.runtime.ContainerStatus;
import io.ordinal.node.runtime.SandboxStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the runtime holds of one pod.
///
/// @param sandboxes newest first
/// @param containers newest first, with exit codes and times
/// @param spans by container: its times on the steady clock
public record RuntimeView(
    List<SandboxStatus> sandboxes, List<ContainerStatus> containers, Map<String, Span> spans) {

  /// When a container's process began and ended, on the clock by which waits are measured. The
  /// runtime gives the times of a clock that may be set meanwhile.
  public record Span(Instant started, Instant ended) {}

  private static final Comparator<ContainerStatus> NEWEST_FIRST =
      Comparator.comparingInt(ContainerStatus::attempt)
          .thenComparing(ContainerStatus::createdAt)
          .reversed();

  /// Nothing at all.
  public static final RuntimeView EMPTY = new RuntimeView(List.of(), List.of(), Map.of());

  /// Sorts the containers.
  public RuntimeView {
    containers = containers.stream().sorted(NEWEST_FIRST).toList();
  }

  /// When a container's process began.
  public Instant startedAt(ContainerStatus container) {
    var span = spans.get(container.id());
    return span == null ? container.startedAt() : span.started();
  }

  /// When a container's process ended.
  public Instant endedAt(ContainerStatus container) {
    var span = spans.get(container.id());
    return span == null ? container.finishedAt() : span.ended();
  }

  /// The sandbox that the pod lives in: the newest one, if it is ready.
  public Optional<SandboxStatus> current() {
    return sandboxes.stream().findFirst().filter(SandboxStatus::ready);
  }

  /// The newest container of a name.
  public Optional<ContainerStatus> latest(String name) {
    return containers.stream().filter(c -> c.name().equals(name)).findFirst();
  }

  /// The one before the newest.
  public Optional<ContainerStatus> previous(String name) {
    return containers.stream().filter(c -> c.name().equals(name)).skip(1).findFirst();
  }

  /// The newest container of a name, if it is in the current sandbox.
  public Optional<ContainerStatus> here(String name) {
    return latest(name)
        .filter(c -> current().filter(s -> s.id().equals(c.sandboxId())).isPresent());
  }

  /// The ids of all that it holds.
  public Set<String> ids() {
    return Stream.concat(
            sandboxes.stream().map(SandboxStatus::id), containers.stream().map(ContainerStatus::id))
        .collect(Collectors.toUnmodifiableSet());
  }

  /// Containers whose process runs or may be about to.
  public List<ContainerStatus> running() {
    return containers.stream().filter(ContainerStatus::running).toList();
  }
}
