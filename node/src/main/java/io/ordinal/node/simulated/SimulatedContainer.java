package io.ordinal.node.simulated;

import io.ordinal.node.runtime.ContainerConfig;
import io.ordinal.node.runtime.ContainerStatus;
import io.ordinal.node.runtime.ContainerStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One container in memory. Guarded by its runtime.
final class SimulatedContainer {
  private static final int START_FAILED = 128;

  private final String id;
  private final String sandboxId;
  private final ContainerConfig config;
  private final Behaviour behaviour;
  private final Instant created;
  private State state = State.CREATED;
  private Instant started = Instant.EPOCH;
  private Instant runsSince = Instant.EPOCH;
  private Instant finished = Instant.EPOCH;
  private int exitCode;
  private String reason = "";
  private String message = "";
  private @Nullable Boolean readyByHand;

  SimulatedContainer(
      String id, String sandboxId, ContainerConfig config, Behaviour behaviour, Instant created) {
    this.id = id;
    this.sandboxId = sandboxId;
    this.config = config;
    this.behaviour = behaviour;
    this.created = created;
  }

  String id() {
    return id;
  }

  String sandboxId() {
    return sandboxId;
  }

  String name() {
    return config.name();
  }

  Behaviour behaviour() {
    return behaviour;
  }

  State state() {
    return state;
  }

  boolean labelled(Map<String, String> labels) {
    return SimulatedRuntime.labelled(config.labels(), labels);
  }

  void run(Instant now, Instant steady) {
    if (state == State.CREATED) {
      state = State.RUNNING;
      started = now;
      runsSince = steady;
    }
  }

  void end(Instant now, int code, String why) {
    if (state != State.EXITED) {
      state = State.EXITED;
      finished = now;
      exitCode = code;
      reason = why;
    }
  }

  /// The runtime could not start it at all.
  void failed(Instant now, String why) {
    end(now, START_FAILED, "StartError");
    message = why;
  }

  void ready(boolean ready) {
    readyByHand = ready;
  }

  boolean ready(Instant now) {
    if (state != State.RUNNING) {
      return false;
    }
    if (readyByHand != null) {
      return readyByHand;
    }
    return behaviour.readyAfter().map(after -> reached(after, now)).orElse(false);
  }

  private boolean reached(Duration after, Instant now) {
    return !runsSince.plus(after).isAfter(now);
  }

  ContainerStatus status() {
    return new ContainerStatus(
        id,
        sandboxId,
        config.name(),
        config.attempt(),
        state,
        created,
        started,
        finished,
        exitCode,
        config.image(),
        config.imageId(),
        reason,
        message,
        config.labels(),
        config.annotations());
  }
}
