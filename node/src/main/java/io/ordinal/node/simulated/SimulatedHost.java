package io.ordinal.node.simulated;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.ordinal.node.facts.PodTrouble;
import io.ordinal.node.pod.Annotations;
import io.ordinal.node.pod.PodHost;
import io.ordinal.node.runtime.ContainerConfig;
import io.ordinal.node.runtime.ContainerStatus;
import io.ordinal.node.runtime.Labels;
import io.ordinal.node.runtime.Namespaces;
import io.ordinal.node.runtime.Namespaces.Scope;
import io.ordinal.node.runtime.PodIdentity;
import io.ordinal.node.runtime.Resources;
import io.ordinal.node.runtime.SandboxConfig;
import io.ordinal.node.runtime.Seccomp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A machine that gives simulated pods nothing but the names they go by: no folder, no mount, no
/// cgroup.
public final class SimulatedHost implements PodHost {
  /// Annotation of containers that have to end before others begin.
  static final String INIT = "simulated.ordinal.io/init";

  private static final String SAYS = "simulated.ordinal.io/says";

  private final String node;

  /// Sandboxes are labelled with the node's name.
  public SimulatedHost(String node) {
    this.node = node;
  }

  @Override
  public void prepare(Pod pod) {
    fail(pod, "", Set.of("FailedMount", "FailedAttachVolume"));
  }

  private static void fail(Pod pod, String container, Set<String> reasons) {
    Behaviour.trouble(said(pod), container, reasons)
        .ifPresent(trouble -> {
          throw new PodTrouble(trouble.reason(), trouble.message());
        });
  }

  private static Map<String, String> said(Pod pod) {
    var annotations = pod.getMetadata().getAnnotations();
    return annotations == null ? Map.of() : annotations;
  }

  @Override
  public void refresh(Pod pod) {}

  @Override
  public SandboxConfig sandbox(Pod pod, int attempt) {
    var metadata = pod.getMetadata();
    var labels = labels(pod);
    var host = Boolean.TRUE.equals(pod.getSpec().getHostNetwork());
    return new SandboxConfig(
        new PodIdentity(metadata.getNamespace(), metadata.getName(), metadata.getUid()),
        attempt,
        metadata.getName(),
        "",
        SandboxConfig.Dns.NONE,
        List.of(),
        labels,
        said(pod),
        "",
        new SandboxConfig.Security(
            new Namespaces(host ? Scope.NODE : Scope.POD, Scope.CONTAINER, Scope.POD),
            false,
            List.of(),
            null,
            null,
            new Seccomp.RuntimeDefault()),
        Map.of(),
        "");
  }

  private Map<String, String> labels(Pod pod) {
    var metadata = pod.getMetadata();
    return Map.of(
        Labels.POD_NAME, metadata.getName(),
        Labels.POD_NAMESPACE, metadata.getNamespace(),
        Labels.POD_UID, metadata.getUid(),
        Labels.NODE, node);
  }

  @Override
  public ContainerConfig container(Pod pod, Container container, Place place) {
    fail(pod, container.getName(), Set.of("CreateContainerConfigError"));
    var labels = new HashMap<>(labels(pod));
    labels.put(Labels.CONTAINER_NAME, container.getName());
    return new ContainerConfig(
        container.getName(),
        place.attempt(),
        place.image().id(),
        container.getImage(),
        new ContainerConfig.Command(
            container.getCommand(), container.getArgs(), "", List.of(), false, false, false),
        List.of(),
        List.of(),
        labels,
        annotations(pod, container),
        "",
        Resources.NONE,
        new ContainerConfig.Security(
            Namespaces.ORDINARY,
            null,
            null,
            "",
            List.of(),
            List.of(),
            List.of(),
            false,
            false,
            false,
            false,
            new Seccomp.RuntimeDefault()));
  }

  private static Map<String, String> annotations(Pod pod, Container container) {
    var annotations = new HashMap<String, String>();
    annotations.put(Annotations.HASH, Annotations.hash(container));
    var says = Behaviour.says(said(pod), container.getName());
    if (!says.isEmpty()) annotations.put(SAYS, says);
    boolean init =
        pod.getSpec().getInitContainers().stream()
            .anyMatch(c -> c.getName().equals(container.getName()));
    if (init && !"Always".equals(container.getRestartPolicy())) annotations.put(INIT, "true");
    return annotations;
  }

  @Override
  public String lastWords(PodIdentity pod, ContainerStatus container) {
    return container.annotations().getOrDefault(SAYS, "");
  }

  @Override
  public void forget(PodIdentity pod, ContainerStatus container) {}

  @Override
  public void cleanUp(PodIdentity pod) {}

  @Override
  public void forget(PodIdentity pod) {}
}
