package io.ordinal.node.runtime;

import java.time.Instant;
import java.util.Map;

/// A container as the runtime sees it.
///
/// @param attempt the restart count it was made with
/// @param createdAt, startedAt, finishedAt `Instant.EPOCH` when it has not happened
/// @param reason the runtime's own (`OOMKilled`, `Error`, …), `""` when it gives none
public record ContainerStatus(
    String id,
    String sandboxId,
    String name,
    int attempt,
    State state,
    Instant createdAt,
    Instant startedAt,
    Instant finishedAt,
    int exitCode,
    String image,
    String imageId,
    String reason,
    String message,
    Map<String, String> labels,
    Map<String, String> annotations) {

  /// Where it is in its life.
  public enum State {
    /// Made, not started.
    CREATED,
    /// Its process runs.
    RUNNING,
    /// Its process has ended.
    EXITED,
    /// The runtime lost track of it.
    UNKNOWN
  }

  /// True while its process runs.
  public boolean running() {
    return state == State.RUNNING;
  }

  /// True when its process has ended or was lost.
  public boolean ended() {
    return state == State.EXITED || state == State.UNKNOWN;
  }
}
