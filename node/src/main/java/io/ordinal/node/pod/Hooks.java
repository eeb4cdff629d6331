package io.ordinal.node.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.api.model.Pod;
import io.ordinal.node.facts.PodTrouble;
import io.ordinal.node.probe.HttpProbe;
import io.ordinal.node.runtime.Labels;
import io.ordinal.node.runtime.RuntimeFailure;
import io.ordinal.node.runtime.SandboxStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// postStart and preStop (contract M10): exec, httpGet, sleep.
final class Hooks {
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final PodParts parts;

  Hooks(PodParts parts) {
    this.parts = parts;
  }

  /// Runs the postStart hook.
  ///
  /// @throws PodTrouble when it fails
  void afterStart(Pod pod, Container container, String containerId) {
    var lifecycle = container.getLifecycle();
    if (lifecycle != null && lifecycle.getPostStart() != null) {
      run(lifecycle.getPostStart(), new Where(pod, container, containerId), LONGEST);
    }
  }

  /// Runs the preStop hook, until it ends or the grace is over; its failure is told and changes
  /// nothing.
  void beforeStop(Pod pod, Container container, String containerId, Instant deadline) {
    var lifecycle = container.getLifecycle();
    var left = Duration.between(parts.steady().instant(), deadline);
    if (lifecycle == null || lifecycle.getPreStop() == null || left.toSeconds() < 1) {
      return;
    }
    try {
      run(lifecycle.getPreStop(), new Where(pod, container, containerId), left);
    } catch (PodTrouble e) {
      parts.events().warning(pod, container.getName(), "FailedPreStopHook", "PreStopHook failed");
    }
  }

  private record Where(Pod pod, Container container, String containerId) {}

  private void run(LifecycleHandler hook, Where where, Duration limit) {
    try {
      if (hook.getExec() != null) {
        exec(hook, where, limit);
      } else if (hook.getHttpGet() != null) {
        var get = hook.getHttpGet();
        var answer = HttpProbe.get(get, where.container(), host(get.getHost(), where), limit);
        if (!answer.good()) throw new PodTrouble("HookFailed", answer.output());
      } else if (hook.getSleep() != null) {
        var wanted = Duration.ofSeconds(hook.getSleep().getSeconds());
        parts.background().pause(wanted.compareTo(limit) < 0 ? wanted : limit);
      }
    } catch (RuntimeFailure e) {
      throw new PodTrouble("HookFailed", e.words(), e);
    } catch (InterruptedException e) {
      throw new PodTrouble("HookFailed", "the hook was given up", e);
    }
  }

  private void exec(LifecycleHandler hook, Where where, Duration limit) {
    var result = parts.runtime().execSync(where.containerId(), hook.getExec().getCommand(), limit);
    if (result.exitCode() != 0) {
      throw new PodTrouble(
          "HookFailed",
          "command '%s' exited with %d: %s"
              .formatted(
                  String.join(" ", hook.getExec().getCommand()),
                  result.exitCode(),
                  result.stderr().isEmpty() ? result.stdout() : result.stderr()));
    }
  }

  private String host(@Nullable String said, Where where) {
    if (said != null && !said.isEmpty()) {
      return said;
    }
    var uid = where.pod().getMetadata().getUid();
    return parts.runtime().sandboxes(Map.of(Labels.POD_UID, uid)).stream()
        .filter(SandboxStatus::ready)
        .flatMap(sandbox -> parts.runtime().sandbox(sandbox.id()).stream())
        .flatMap(sandbox -> sandbox.ips().stream())
        .findFirst()
        .orElse(parts.hostAddress());
  }
}
