package io.ordinal.node.host;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.ordinal.node.facts.PodTrouble;
import io.ordinal.node.runtime.ContainerConfig;
import io.ordinal.node.runtime.Image;
import io.ordinal.node.runtime.Namespaces;
import io.ordinal.node.runtime.Namespaces.Scope;
import io.ordinal.node.runtime.SandboxConfig;
import io.ordinal.node.runtime.Seccomp;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Security contexts of pod and container as the runtime wants them (contract M3, M4). The
/// container's word goes first.
final class ContainerRights {
  private final PodSecurityContext ofPod;
  private final SecurityContext own;
  private final Pod pod;

  ContainerRights(Pod pod, Container container) {
    this.pod = pod;
    this.ofPod =
        pod.getSpec().getSecurityContext() == null
            ? new PodSecurityContext()
            : pod.getSpec().getSecurityContext();
    this.own =
        container.getSecurityContext() == null
            ? new SecurityContext()
            : container.getSecurityContext();
  }

  static SandboxConfig.Security ofSandbox(Pod pod) {
    var context =
        pod.getSpec().getSecurityContext() == null
            ? new PodSecurityContext()
            : pod.getSpec().getSecurityContext();
    boolean privileged =
        pod.getSpec().getContainers().stream()
            .anyMatch(c ->
                c.getSecurityContext() != null
                    && Boolean.TRUE.equals(c.getSecurityContext().getPrivileged()));
    return new SandboxConfig.Security(
        namespaces(pod),
        privileged,
        groups(context),
        context.getRunAsUser(),
        context.getRunAsUser() == null ? null : context.getRunAsGroup(),
        new Seccomp.RuntimeDefault());
  }

  ContainerConfig.Security of(Image image) {
    var user = own.getRunAsUser() != null ? own.getRunAsUser() : ofPod.getRunAsUser();
    var group = own.getRunAsGroup() != null ? own.getRunAsGroup() : ofPod.getRunAsGroup();
    refuseRoot(user, image);
    var effective = user != null ? user : image.user();
    var capabilities = own.getCapabilities();
    return new ContainerConfig.Security(
        namespaces(pod),
        effective,
        group,
        effective == null ? image.userName() : "",
        groups(ofPod),
        capabilities == null ? List.of() : capabilities.getAdd(),
        capabilities == null ? List.of() : capabilities.getDrop(),
        Boolean.TRUE.equals(own.getPrivileged()),
        Boolean.TRUE.equals(own.getReadOnlyRootFilesystem()),
        Boolean.FALSE.equals(own.getAllowPrivilegeEscalation()),
        "Unmasked".equals(own.getProcMount()),
        seccomp());
  }

  private void refuseRoot(@Nullable Long user, Image image) {
    boolean wanted =
        Boolean.TRUE.equals(
            own.getRunAsNonRoot() != null ? own.getRunAsNonRoot() : ofPod.getRunAsNonRoot());
    if (!wanted) {
      return;
    }
    if (user != null) {
      if (user == 0) throw refused("container's runAsUser breaks non-root policy");
    } else if (image.user() == null && !image.userName().isEmpty()) {
      throw refused(
          "container has runAsNonRoot and image has non-numeric user ("
              + image.userName()
              + "), cannot verify user is non-root");
    } else if (image.user() == null || image.user() == 0) {
      throw refused("container has runAsNonRoot and image will run as root");
    }
  }

  private PodTrouble refused(String why) {
    var metadata = pod.getMetadata();
    return new PodTrouble(
        "CreateContainerConfigError",
        "%s (pod: \"%s_%s(%s)\")"
            .formatted(why, metadata.getName(), metadata.getNamespace(), metadata.getUid()));
  }

  private Seccomp seccomp() {
    return seccomp(
        either(SecurityContext::getSeccompProfile, PodSecurityContext::getSeccompProfile));
  }

  private <T> @Nullable T either(
      Function<SecurityContext, @Nullable T> mine, Function<PodSecurityContext, @Nullable T> pods) {
    var value = mine.apply(own);
    return value != null ? value : pods.apply(ofPod);
  }

  /// Without a word everything is allowed, as on a kubelet with its default settings.
  private static Seccomp seccomp(@Nullable SeccompProfile profile) {
    var type = profile == null ? "Unconfined" : profile.getType();
    return switch (type) {
      case "RuntimeDefault" -> new Seccomp.RuntimeDefault();
      case "Localhost" ->
          new Seccomp.Localhost(profile == null ? "" : profile.getLocalhostProfile());
      default -> new Seccomp.Unconfined();
    };
  }

  private static List<Long> groups(PodSecurityContext context) {
    var groups = new ArrayList<Long>();
    if (context.getFsGroup() != null) groups.add(context.getFsGroup());
    groups.addAll(context.getSupplementalGroups());
    return groups;
  }

  private static Namespaces namespaces(Pod pod) {
    var spec = pod.getSpec();
    var pid =
        Boolean.TRUE.equals(spec.getHostPID())
            ? Scope.NODE
            : Boolean.TRUE.equals(spec.getShareProcessNamespace()) ? Scope.POD : Scope.CONTAINER;
    return new Namespaces(
        Boolean.TRUE.equals(spec.getHostNetwork()) ? Scope.NODE : Scope.POD,
        pid,
        Boolean.TRUE.equals(spec.getHostIPC()) ? Scope.NODE : Scope.POD);
  }
}
