package io.ordinal.node.pod;

import io.ordinal.node.runtime.ContainerStatus;
import io.ordinal.node.runtime.SandboxStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What the runtime holds of one pod.
///
/// @param sandboxes newest first
/// @param containers newest first, with exit codes and times
public record RuntimeView(List<SandboxStatus> sandboxes, List<ContainerStatus> containers) {
  private static final Comparator<ContainerStatus> NEWEST_FIRST =
      Comparator.comparingInt(ContainerStatus::attempt)
          .thenComparing(ContainerStatus::createdAt)
          .reversed();

  /// Nothing at all.
  public static final RuntimeView EMPTY = new RuntimeView(List.of(), List.of());

  /// Sorts the containers.
  public RuntimeView {
    containers = containers.stream().sorted(NEWEST_FIRST).toList();
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

  /// Containers whose process runs or may be about to.
  public List<ContainerStatus> running() {
    return containers.stream().filter(ContainerStatus::running).toList();
  }
}
