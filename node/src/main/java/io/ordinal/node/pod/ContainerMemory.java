package io.ordinal.node.pod;

import java.util.Optional;

/// What the agent remembers of one container beyond what the runtime knows.
public record ContainerMemory(
    RestartBackoff backoff, Optional<Trouble> trouble, Optional<Verdict> verdict) {

  /// Nothing yet.
  public static final ContainerMemory BLANK =
      new ContainerMemory(RestartBackoff.NONE, Optional.empty(), Optional.empty());

  ContainerMemory with(RestartBackoff newBackoff) {
    return new ContainerMemory(newBackoff, trouble, verdict);
  }

  ContainerMemory withTrouble(Optional<Trouble> newTrouble) {
    return new ContainerMemory(backoff, newTrouble, verdict);
  }

  ContainerMemory withVerdict(Optional<Verdict> newVerdict) {
    return new ContainerMemory(backoff, trouble, newVerdict);
  }
}
