package io.ordinal.node.pod;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HostIPBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodIPBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.ordinal.kube.Timestamps;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The status of a pod, from what is observed (contract M11).
public final class PodStatuses {
  private PodStatuses() {}

  /// Everything that the node says of a pod. Conditions of others are kept.
  ///
  /// @param runtimeName as container ids begin, such as `containerd`
  public static PodStatus of(Observed o, String runtimeName, String hostAddress) {
    var before = o.pod().getStatus() == null ? new PodStatus() : o.pod().getStatus();
    var containers = new ContainerStatuses(o, runtimeName);
    var regular = containers.regular();
    var init = containers.init();
    var phase = PodPhase.of(o);
    var ips = addresses(o, before, hostAddress);
    var start = before.getStartTime();
    return new PodStatusBuilder()
        .withPhase(phase.name())
        .withReason(o.memory().failure().map(Failure::reason).orElse(before.getReason()))
        .withMessage(o.memory().failure().map(Failure::message).orElse(before.getMessage()))
        .withObservedGeneration(o.pod().getMetadata().getGeneration())
        .withConditions(
            withForeign(new PodConditions(o, phase, counted(o, regular, init)).all(), before))
        .withHostIP(hostAddress)
        .withHostIPs(new HostIPBuilder().withIp(hostAddress).build())
        .withPodIP(ips.isEmpty() ? null : ips.getFirst())
        .withPodIPs(ips.stream().map(ip -> new PodIPBuilder().withIp(ip).build()).toList())
        .withStartTime(start == null ? Timestamps.seconds(o.wall()) : start)
        .withInitContainerStatuses(init)
        .withContainerStatuses(regular)
        .withQosClass(before.getQosClass() == null ? Qos.of(o.pod()).name() : before.getQosClass())
        .build();
  }

  private static List<ContainerStatus> counted(
      Observed o, List<ContainerStatus> regular, List<ContainerStatus> init) {
    var sidecars =
        o.initContainers().stream()
            .filter(Restarts::isSidecar)
            .map(c -> c.getName())
            .collect(Collectors.toSet());
    var all = new ArrayList<ContainerStatus>();
    init.stream().filter(status -> sidecars.contains(status.getName())).forEach(all::add);
    all.addAll(regular);
    return all;
  }

  /// A pod keeps its address until it has another one, also while its sandbox is being replaced or
  /// is gone.
  private static List<String> addresses(Observed o, PodStatus before, String hostAddress) {
    if (Boolean.TRUE.equals(o.pod().getSpec().getHostNetwork())) {
      return List.of(hostAddress);
    }
    var now = o.runtime().current().map(sandbox -> sandbox.ips()).orElse(List.of());
    return now.isEmpty() ? before.getPodIPs().stream().map(ip -> ip.getIp()).toList() : now;
  }

  private static List<PodCondition> withForeign(List<PodCondition> ours, PodStatus before) {
    Set<String> types = ours.stream().map(PodCondition::getType).collect(Collectors.toSet());
    var all = new ArrayList<>(ours);
    before.getConditions().stream().filter(c -> !types.contains(c.getType())).forEach(all::add);
    return all;
  }
}
