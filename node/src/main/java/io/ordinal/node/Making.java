package io.ordinal.node;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.ordinal.node.pod.Background;
import io.ordinal.node.pod.PodEvents;
import io.ordinal.node.pod.PodHost;
import io.ordinal.node.pod.PodParts;
import io.ordinal.node.probe.LiveProber;
import io.ordinal.node.probe.Prober;
import io.ordinal.node.pull.ImagePuller;
import io.ordinal.node.pull.PullSecrets;
import io.ordinal.node.simulated.SimulatedHost;
import io.ordinal.node.simulated.SimulatedProber;
import io.ordinal.node.simulated.SimulatedRuntime;
import java.util.Optional;

/// Puts together what a node's workers share. The runtime decides between real and simulated.
record Making(
    KubernetesClient client,
    NodeConfig config,
    NodeParts parts,
    PodEvents events,
    Background background) {

  PodParts podParts() {
    var secrets = new PullSecrets(this::secret);
    var images = new ImagePuller(parts.runtime(), parts.images(), secrets, events, parts.clock());
    return new PodParts(
        client,
        events,
        parts.runtime(),
        host(),
        parts.network(),
        images,
        prober(),
        background,
        parts.clock(),
        parts.random(),
        parts.runtime() instanceof SimulatedRuntime ? "simulated" : "containerd",
        config.address());
  }

  private Optional<Secret> secret(String namespace, String name) {
    return Optional.ofNullable(client.secrets().inNamespace(namespace).withName(name).get());
  }

  private PodHost host() {
    if (parts.runtime() instanceof SimulatedRuntime) {
      return new SimulatedHost(config.name());
    }
    throw new UnsupportedOperationException("real containers come next");
  }

  private Prober prober() {
    return parts.runtime() instanceof SimulatedRuntime simulated
        ? new SimulatedProber(simulated)
        : new LiveProber(parts.runtime());
  }
}
