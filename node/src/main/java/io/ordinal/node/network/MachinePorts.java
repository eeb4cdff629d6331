package io.ordinal.node.network;

import io.fabric8.kubernetes.api.model.Pod;
import io.ordinal.kube.EventRecorder;
import io.ordinal.kube.ObjectKey;
import io.ordinal.node.machine.NodeLink;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;

/// Which pod has which port of the machine. The scheduler and each node's admission keep clashes
/// away within a node; between logical nodes, which share the machine, only this sees them.
final class MachinePorts {
  private record Holder(ObjectKey pod, String node, SortedSet<Frontend> ports) {}

  private final ServiceProxy proxy;
  private final EventRecorder events;
  private final Map<String, Holder> holders = new TreeMap<>();

  MachinePorts(ServiceProxy proxy, EventRecorder events) {
    this.proxy = proxy;
    this.events = events;
  }

  /// A pod runs and has these addresses. Hearing it twice changes nothing.
  void attached(Pod pod, NodeLink node, List<String> addresses) {
    proxy.setHostPorts(pod.getMetadata().getUid(), HostPorts.of(pod, node, addresses));
    var ports = HostPorts.taken(pod, node);
    if (!ports.isEmpty()) {
      claim(pod, new Holder(ObjectKey.of(pod), node.node(), ports));
    }
  }

  /// A pod is gone.
  synchronized void detached(String podUid) {
    holders.remove(podUid);
    proxy.setHostPorts(podUid, RuleSet.EMPTY);
  }

  private synchronized void claim(Pod pod, Holder claim) {
    if (holders.put(pod.getMetadata().getUid(), claim) != null) {
      return;
    }
    for (var other : holders.values()) {
      if (!other.pod().equals(claim.pod())) {
        HostPorts.clash(claim.ports(), other.ports())
            .ifPresent(port -> events.warning(pod, "HostPortConflict", message(port, other)));
      }
    }
  }

  private static String message(Frontend port, Holder other) {
    return "Port %d/%s of this machine is in use by pod %s on node %s: the logical nodes of one machine share the host network"
        .formatted(port.port(), port.protocol().name(), other.pod(), other.node());
  }
}
