package io.ordinal.node.pod;

import io.ordinal.node.runtime.ContainerStatus;
import io.ordinal.node.runtime.Labels;
import io.ordinal.node.runtime.PodIdentity;
import io.ordinal.node.runtime.SandboxStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads one pod's state from the runtime with as few calls as possible: two lists, and the details
/// of what changed.
final class RuntimeReader {
  private final PodParts parts;
  private final PodIdentity pod;
  private final Map<String, ContainerStatus> known = new HashMap<>();
  private final Map<String, SandboxStatus> sandboxes = new HashMap<>();
  private final Map<String, RuntimeView.Span> spans = new HashMap<>();

  RuntimeReader(PodParts parts, PodIdentity pod) {
    this.parts = parts;
    this.pod = pod;
  }

  RuntimeView read() {
    var mine = Map.of(Labels.POD_UID, pod.uid());
    var listed = parts.runtime().sandboxes(mine);
    var containers = parts.runtime().containers(mine);
    sandboxes.keySet().retainAll(listed.stream().map(SandboxStatus::id).toList());
    known.keySet().retainAll(containers.stream().map(ContainerStatus::id).toList());
    spans.keySet().retainAll(known.keySet());
    var full = new ArrayList<SandboxStatus>();
    listed.forEach(sandbox -> full.add(detailed(sandbox)));
    var detailed = containers.stream().flatMap(c -> detailed(c).stream()).toList();
    return new RuntimeView(full, detailed, Map.copyOf(spans));
  }

  /// The address of a sandbox does not change; one that has none yet is asked again.
  private SandboxStatus detailed(SandboxStatus listed) {
    var before = sandboxes.get(listed.id());
    if (before != null
        && before.ready() == listed.ready()
        && (before.hostNetwork() || !before.ips().isEmpty() || !listed.ready())) {
      return before;
    }
    var now = listed.ready() ? parts.runtime().sandbox(listed.id()).orElse(listed) : listed;
    sandboxes.put(listed.id(), now);
    return now;
  }

  private List<ContainerStatus> detailed(ContainerStatus listed) {
    var before = known.get(listed.id());
    if (before != null && before.state() == listed.state()) {
      return List.of(before);
    }
    var found = parts.runtime().container(listed.id());
    if (found.isEmpty()) {
      return List.of();
    }
    var now = within(listed.sandboxId(), found.get());
    known.put(listed.id(), now);
    spans.put(now.id(), span(now));
    return List.of(now);
  }

  /// Its times as they are first heard of: whoever sets the clock later does not move them.
  private RuntimeView.Span span(ContainerStatus c) {
    var started =
        Optional.ofNullable(spans.get(c.id()))
            .map(RuntimeView.Span::started)
            .filter(before -> !before.equals(Instant.EPOCH))
            .orElseGet(() -> steady(c.startedAt()));
    return new RuntimeView.Span(started, steady(c.finishedAt()));
  }

  private Instant steady(Instant time) {
    return time.equals(Instant.EPOCH) ? time : parts.steady(time);
  }

  private ContainerStatus within(String sandboxId, ContainerStatus c) {
    var message = c.ended() ? parts.host().lastWords(pod, c) : "";
    return new ContainerStatus(
        c.id(),
        sandboxId,
        c.name(),
        c.attempt(),
        c.state(),
        c.createdAt(),
        c.startedAt(),
        c.finishedAt(),
        c.exitCode(),
        c.image(),
        c.imageId(),
        c.reason(),
        message.isEmpty() ? c.message() : message,
        c.labels(),
        c.annotations());
  }
}
