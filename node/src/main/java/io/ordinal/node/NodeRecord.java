package io.ordinal.node;

import io.fabric8.kubernetes.api.model.ContainerImage;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.NodeStatusBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.ordinal.kube.Conditions;
import io.ordinal.kube.Timestamps;
import io.ordinal.node.runtime.ContainerRuntime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The Node object as the agent writes it (contract M14).
final class NodeRecord {
  private static final String VERSION = "v1.36.0+ordinal";
  private static final String SIMULATED = "ordinal.io/simulated";

  /// What the parts of a node say of themselves now.
  record Health(
      ContainerRuntime.Version version,
      String notReady,
      Machine.Pressure pressure,
      List<ContainerImage> images) {}

  private final NodeConfig config;
  private final Machine machine;

  NodeRecord(NodeConfig config, Machine machine) {
    this.config = config;
    this.machine = machine;
  }

  Node fresh(Health health, Instant now) {
    return new NodeBuilder()
        .withNewMetadata()
        .withName(config.name())
        .withLabels(labels())
        .withAnnotations(annotations())
        .endMetadata()
        .withNewSpec()
        .endSpec()
        .withStatus(status(null, health, now))
        .build();
  }

  Map<String, String> labels() {
    var info = machine.info();
    var labels = new HashMap<>(config.labels());
    for (var prefix : List.of("kubernetes.io/", "beta.kubernetes.io/")) {
      labels.put(prefix + "os", info.getOperatingSystem());
      labels.put(prefix + "arch", info.getArchitecture());
    }
    labels.put("kubernetes.io/hostname", config.name());
    if (machine.simulated().isPresent()) labels.put(SIMULATED, "true");
    return labels;
  }

  Map<String, String> annotations() {
    var annotations = new HashMap<String, String>();
    annotations.put("volumes.kubernetes.io/controller-managed-attach-detach", "true");
    machine.simulated().ifPresent(words -> annotations.put(SIMULATED, words));
    return annotations;
  }

  NodeStatus status(@Nullable Node before, Health health, Instant now) {
    var size = config.size().orElseGet(machine::size);
    var info = machine.info();
    info.setContainerRuntimeVersion(health.version().announced());
    info.setKubeletVersion(VERSION);
    info.setKubeProxyVersion("");
    return new NodeStatusBuilder()
        .withCapacity(quantities(size))
        .withAllocatable(quantities(size))
        .withConditions(conditions(before, health, now))
        .addNewAddress(config.address(), "InternalIP")
        .addNewAddress(config.name(), "Hostname")
        .withNodeInfo(info)
        .withImages(health.images())
        .withNewDaemonEndpoints()
        .withNewKubeletEndpoint(10250)
        .endDaemonEndpoints()
        .build();
  }

  private static Map<String, Quantity> quantities(NodeConfig.Size size) {
    return Map.of(
        "cpu",
        size.milliCpu() % 1000 == 0
            ? new Quantity(Long.toString(size.milliCpu() / 1000))
            : new Quantity(Long.toString(size.milliCpu()), "m"),
        "memory",
        new Quantity(Long.toString(size.memoryBytes() >> 10), "Ki"),
        "ephemeral-storage",
        new Quantity(Long.toString(size.diskBytes() >> 10), "Ki"),
        "pods",
        new Quantity(Integer.toString(size.pods())),
        "hugepages-1Gi",
        new Quantity("0"),
        "hugepages-2Mi",
        new Quantity("0"));
  }

  private List<NodeCondition> conditions(@Nullable Node before, Health health, Instant now) {
    var pressure = health.pressure();
    boolean ready = health.notReady().isEmpty();
    return List.of(
        condition(
            before,
            "MemoryPressure",
            pressure.memory(),
            pressure.memory()
                ? List.of(
                    "KubeletHasInsufficientMemory", "kubelet has insufficient memory available")
                : List.of("KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
            now),
        condition(
            before,
            "DiskPressure",
            pressure.disk(),
            pressure.disk()
                ? List.of("KubeletHasDiskPressure", "kubelet has disk pressure")
                : List.of("KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
            now),
        condition(
            before,
            "PIDPressure",
            pressure.pids(),
            pressure.pids()
                ? List.of("KubeletHasInsufficientPID", "kubelet has insufficient PID available")
                : List.of("KubeletHasSufficientPID", "kubelet has sufficient PID available"),
            now),
        condition(
            before,
            "Ready",
            ready,
            ready
                ? List.of("KubeletReady", "kubelet is posting ready status")
                : List.of("KubeletNotReady", health.notReady()),
            now));
  }

  /// `words` are the reason and the message.
  private static NodeCondition condition(
      @Nullable Node before, String type, boolean yes, List<String> words, Instant now) {
    var status = yes ? "True" : "False";
    var time = Timestamps.seconds(now);
    var known = before == null ? null : Conditions.find(before, type).orElse(null);
    var since =
        known != null && status.equals(known.getStatus()) ? known.getLastTransitionTime() : time;
    return new NodeConditionBuilder()
        .withType(type)
        .withStatus(status)
        .withReason(words.getFirst())
        .withMessage(words.getLast())
        .withLastHeartbeatTime(time)
        .withLastTransitionTime(since)
        .build();
  }
}
