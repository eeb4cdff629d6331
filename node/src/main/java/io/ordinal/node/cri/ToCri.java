package io.ordinal.node.cri;

import com.google.protobuf.ByteString;
import io.ordinal.node.cri.wire.AuthConfig;
import io.ordinal.node.cri.wire.Capability;
import io.ordinal.node.cri.wire.ContainerMetadata;
import io.ordinal.node.cri.wire.DNSConfig;
import io.ordinal.node.cri.wire.Device;
import io.ordinal.node.cri.wire.ImageSpec;
import io.ordinal.node.cri.wire.Int64Value;
import io.ordinal.node.cri.wire.KeyValue;
import io.ordinal.node.cri.wire.LinuxContainerConfig;
import io.ordinal.node.cri.wire.LinuxContainerResources;
import io.ordinal.node.cri.wire.LinuxContainerSecurityContext;
import io.ordinal.node.cri.wire.LinuxPodSandboxConfig;
import io.ordinal.node.cri.wire.LinuxSandboxSecurityContext;
import io.ordinal.node.cri.wire.Mount;
import io.ordinal.node.cri.wire.MountPropagation;
import io.ordinal.node.cri.wire.NamespaceMode;
import io.ordinal.node.cri.wire.NamespaceOption;
import io.ordinal.node.cri.wire.PodSandboxConfig;
import io.ordinal.node.cri.wire.PodSandboxMetadata;
import io.ordinal.node.cri.wire.PortMapping;
import io.ordinal.node.cri.wire.Protocol;
import io.ordinal.node.cri.wire.SecurityProfile;
import io.ordinal.node.runtime.ContainerConfig;
import io.ordinal.node.runtime.Namespaces;
import io.ordinal.node.runtime.PodIdentity;
import io.ordinal.node.runtime.RegistryCredentials;
import io.ordinal.node.runtime.Resources;
import io.ordinal.node.runtime.SandboxConfig;
import io.ordinal.node.runtime.Seccomp;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// Our records as CRI messages.
final class ToCri {
  /// Paths of /proc and /sys that a container without `procMount: Unmasked` does not see.
  private static final List<String> MASKED =
      List.of(
          "/proc/asound",
          "/proc/acpi",
          "/proc/interrupts",
          "/proc/kcore",
          "/proc/keys",
          "/proc/latency_stats",
          "/proc/timer_list",
          "/proc/timer_stats",
          "/proc/sched_debug",
          "/proc/scsi",
          "/sys/firmware",
          "/sys/devices/virtual/powercap");

  private static final List<String> READ_ONLY =
      List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

  private ToCri() {}

  static PodSandboxConfig sandbox(SandboxConfig config) {
    return PodSandboxConfig.newBuilder()
        .setMetadata(metadata(config.pod(), config.attempt()))
        .setHostname(config.hostname())
        .setLogDirectory(config.logDirectory())
        .setDnsConfig(
            DNSConfig.newBuilder()
                .addAllServers(config.dns().servers())
                .addAllSearches(config.dns().searches())
                .addAllOptions(config.dns().options()))
        .addAllPortMappings(config.ports().stream().map(ToCri::port).toList())
        .putAllLabels(config.labels())
        .putAllAnnotations(config.annotations())
        .setLinux(
            LinuxPodSandboxConfig.newBuilder()
                .setCgroupParent(config.cgroupParent())
                .setSecurityContext(sandboxSecurity(config.security()))
                .putAllSysctls(config.sysctls()))
        .build();
  }

  static PodSandboxMetadata metadata(PodIdentity pod, int attempt) {
    return PodSandboxMetadata.newBuilder()
        .setName(pod.name())
        .setNamespace(pod.namespace())
        .setUid(pod.uid())
        .setAttempt(attempt)
        .build();
  }

  static io.ordinal.node.cri.wire.ContainerConfig container(ContainerConfig config) {
    var process = config.command();
    return io.ordinal.node.cri.wire.ContainerConfig.newBuilder()
        .setMetadata(
            ContainerMetadata.newBuilder().setName(config.name()).setAttempt(config.attempt()))
        .setImage(
            ImageSpec.newBuilder().setImage(config.imageId()).setUserSpecifiedImage(config.image()))
        .addAllCommand(process.entrypoint())
        .addAllArgs(process.args())
        .setWorkingDir(process.workingDir())
        .addAllEnvs(process.env().stream().map(ToCri::env).toList())
        .addAllMounts(config.mounts().stream().map(ToCri::mount).toList())
        .addAllDevices(config.devices().stream().map(ToCri::device).toList())
        .putAllLabels(config.labels())
        .putAllAnnotations(config.annotations())
        .setLogPath(config.logPath())
        .setStdin(process.stdin())
        .setStdinOnce(process.stdinOnce())
        .setTty(process.tty())
        .setLinux(
            LinuxContainerConfig.newBuilder()
                .setResources(resources(config.resources()))
                .setSecurityContext(security(config.security())))
        .build();
  }

  static LinuxContainerResources resources(Resources resources) {
    return LinuxContainerResources.newBuilder()
        .setCpuShares(resources.cpuShares())
        .setCpuQuota(resources.cpuQuota())
        .setCpuPeriod(resources.cpuPeriod())
        .setMemoryLimitInBytes(resources.memoryLimit())
        .setOomScoreAdj(resources.oomScoreAdj())
        .putAllUnified(resources.unified())
        .build();
  }

  static AuthConfig credentials(RegistryCredentials credentials) {
    return AuthConfig.newBuilder()
        .setServerAddress(credentials.server())
        .setUsername(credentials.username())
        .setPassword(credentials.password())
        .setIdentityToken(credentials.identityToken())
        .build();
  }

  private static LinuxSandboxSecurityContext sandboxSecurity(SandboxConfig.Security security) {
    var to =
        LinuxSandboxSecurityContext.newBuilder()
            .setNamespaceOptions(namespaces(security.namespaces()))
            .setPrivileged(security.privileged())
            .addAllSupplementalGroups(security.supplementalGroups())
            .setSeccomp(seccomp(security.seccomp()));
    if (security.runAsUser() != null) {
      to.setRunAsUser(number(security.runAsUser()));
    }
    if (security.runAsGroup() != null) {
      to.setRunAsGroup(number(security.runAsGroup()));
    }
    return to.build();
  }

  private static LinuxContainerSecurityContext security(ContainerConfig.Security security) {
    var to =
        LinuxContainerSecurityContext.newBuilder()
            .setNamespaceOptions(namespaces(security.namespaces()))
            .setCapabilities(
                Capability.newBuilder()
                    .addAllAddCapabilities(security.addCapabilities())
                    .addAllDropCapabilities(security.dropCapabilities()))
            .setPrivileged(security.privileged())
            .setRunAsUsername(security.runAsUserName())
            .addAllSupplementalGroups(security.supplementalGroups())
            .setReadonlyRootfs(security.readOnlyRoot())
            .setNoNewPrivs(security.noNewPrivileges())
            .setSeccomp(seccomp(security.seccomp()));
    if (!security.unmaskedProc() && !security.privileged()) {
      to.addAllMaskedPaths(MASKED).addAllReadonlyPaths(READ_ONLY);
    }
    if (security.runAsUser() != null) {
      to.setRunAsUser(number(security.runAsUser()));
    }
    if (security.runAsGroup() != null) {
      to.setRunAsGroup(number(security.runAsGroup()));
    }
    return to.build();
  }

  private static Int64Value number(long value) {
    return Int64Value.newBuilder().setValue(value).build();
  }

  private static NamespaceOption namespaces(Namespaces namespaces) {
    return NamespaceOption.newBuilder()
        .setNetwork(mode(namespaces.network()))
        .setPid(mode(namespaces.pid()))
        .setIpc(mode(namespaces.ipc()))
        .build();
  }

  private static NamespaceMode mode(Namespaces.Scope scope) {
    return switch (scope) {
      case POD -> NamespaceMode.POD;
      case CONTAINER -> NamespaceMode.CONTAINER;
      case NODE -> NamespaceMode.NODE;
    };
  }

  private static SecurityProfile seccomp(Seccomp seccomp) {
    var to = SecurityProfile.newBuilder();
    return switch (seccomp) {
      case Seccomp.RuntimeDefault _ ->
          to.setProfileType(SecurityProfile.ProfileType.RuntimeDefault).build();
      case Seccomp.Unconfined _ ->
          to.setProfileType(SecurityProfile.ProfileType.Unconfined).build();
      case Seccomp.Localhost(String path) ->
          to.setProfileType(SecurityProfile.ProfileType.Localhost).setLocalhostRef(path).build();
    };
  }

  private static PortMapping port(SandboxConfig.PortMapping port) {
    return PortMapping.newBuilder()
        .setProtocol(Protocol.valueOf(port.protocol().toUpperCase(Locale.ROOT)))
        .setContainerPort(port.containerPort())
        .setHostPort(port.hostPort())
        .setHostIp(port.hostIp())
        .build();
  }

  private static KeyValue env(ContainerConfig.Env env) {
    return KeyValue.newBuilder()
        .setKey(env.name())
        .setValue(ByteString.copyFrom(env.value(), StandardCharsets.UTF_8))
        .build();
  }

  private static Mount mount(ContainerConfig.Mount mount) {
    return Mount.newBuilder()
        .setContainerPath(mount.containerPath())
        .setHostPath(mount.hostPath())
        .setReadonly(mount.readOnly())
        .setPropagation(
            switch (mount.propagation()) {
              case PRIVATE -> MountPropagation.PROPAGATION_PRIVATE;
              case HOST_TO_CONTAINER -> MountPropagation.PROPAGATION_HOST_TO_CONTAINER;
              case BIDIRECTIONAL -> MountPropagation.PROPAGATION_BIDIRECTIONAL;
            })
        .build();
  }

  private static Device device(ContainerConfig.Device device) {
    return Device.newBuilder()
        .setContainerPath(device.containerPath())
        .setHostPath(device.hostPath())
        .setPermissions(device.permissions())
        .build();
  }
}
