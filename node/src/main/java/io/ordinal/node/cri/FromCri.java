package io.ordinal.node.cri;

import io.ordinal.node.cri.wire.Container;
import io.ordinal.node.cri.wire.ContainerState;
import io.ordinal.node.cri.wire.NamespaceMode;
import io.ordinal.node.cri.wire.PodSandbox;
import io.ordinal.node.cri.wire.PodSandboxMetadata;
import io.ordinal.node.cri.wire.PodSandboxState;
import io.ordinal.node.cri.wire.PodSandboxStatus;
import io.ordinal.node.runtime.ContainerStatus;
import io.ordinal.node.runtime.Image;
import io.ordinal.node.runtime.PodIdentity;
import io.ordinal.node.runtime.SandboxStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// CRI messages as our records.
final class FromCri {
  private FromCri() {}

  static SandboxStatus sandbox(PodSandbox from) {
    return new SandboxStatus(
        from.getId(),
        identity(from.getMetadata()),
        from.getMetadata().getAttempt(),
        from.getState() == PodSandboxState.SANDBOX_READY,
        instant(from.getCreatedAt()),
        List.of(),
        false,
        from.getLabelsMap());
  }

  static SandboxStatus sandbox(PodSandboxStatus from) {
    var namespaces = from.getLinux().getNamespaces().getOptions();
    return new SandboxStatus(
        from.getId(),
        identity(from.getMetadata()),
        from.getMetadata().getAttempt(),
        from.getState() == PodSandboxState.SANDBOX_READY,
        instant(from.getCreatedAt()),
        addresses(from),
        namespaces.getNetwork() == NamespaceMode.NODE,
        from.getLabelsMap());
  }

  /// An entry of a list: it has no times but the first, and no exit code.
  static ContainerStatus container(Container from) {
    return new ContainerStatus(
        from.getId(),
        from.getPodSandboxId(),
        from.getMetadata().getName(),
        from.getMetadata().getAttempt(),
        state(from.getState()),
        instant(from.getCreatedAt()),
        Instant.EPOCH,
        Instant.EPOCH,
        0,
        from.getImage().getImage(),
        from.getImageRef(),
        "",
        "",
        from.getLabelsMap(),
        from.getAnnotationsMap());
  }

  static ContainerStatus container(
      io.ordinal.node.cri.wire.ContainerStatus from, String sandboxId) {
    return new ContainerStatus(
        from.getId(),
        sandboxId,
        from.getMetadata().getName(),
        from.getMetadata().getAttempt(),
        state(from.getState()),
        instant(from.getCreatedAt()),
        instant(from.getStartedAt()),
        instant(from.getFinishedAt()),
        from.getExitCode(),
        from.getImage().getImage(),
        from.getImageRef(),
        from.getReason(),
        from.getMessage(),
        from.getLabelsMap(),
        from.getAnnotationsMap());
  }

  static Image image(io.ordinal.node.cri.wire.Image from) {
    return new Image(
        from.getId(),
        from.getRepoTagsList(),
        from.getRepoDigestsList(),
        from.getSize(),
        from.hasUid() ? from.getUid().getValue() : null,
        from.getUsername(),
        from.getPinned());
  }

  private static PodIdentity identity(PodSandboxMetadata from) {
    return new PodIdentity(from.getNamespace(), from.getName(), from.getUid());
  }

  private static List<String> addresses(PodSandboxStatus from) {
    var all = new ArrayList<String>();
    if (!from.getNetwork().getIp().isEmpty()) {
      all.add(from.getNetwork().getIp());
    }
    from.getNetwork().getAdditionalIpsList().forEach(ip -> all.add(ip.getIp()));
    return List.copyOf(all);
  }

  private static ContainerStatus.State state(ContainerState from) {
    return switch (from) {
      case CONTAINER_CREATED -> ContainerStatus.State.CREATED;
      case CONTAINER_RUNNING -> ContainerStatus.State.RUNNING;
      case CONTAINER_EXITED -> ContainerStatus.State.EXITED;
      case CONTAINER_UNKNOWN, UNRECOGNIZED -> ContainerStatus.State.UNKNOWN;
    };
  }

  private static Instant instant(long nanos) {
    return nanos <= 0 ? Instant.EPOCH : Instant.ofEpochSecond(0, nanos);
  }
}
