package io.ordinal.node;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.ordinal.kube.Informer;
import io.ordinal.node.facts.ApiObjects;
import io.ordinal.node.facts.PodEvents;
import io.ordinal.node.facts.PodFolders;
import io.ordinal.node.host.MachineHost;
import io.ordinal.node.pod.Background;
import io.ordinal.node.pod.PodHost;
import io.ordinal.node.pod.PodParts;
import io.ordinal.node.probe.LiveProber;
import io.ordinal.node.probe.Prober;
import io.ordinal.node.pull.ImagePuller;
import io.ordinal.node.pull.PullSecrets;
import io.ordinal.node.simulated.SimulatedHost;
import io.ordinal.node.simulated.SimulatedProber;
import io.ordinal.node.simulated.SimulatedRuntime;
import io.ordinal.node.volume.Volumes;
import java.util.Optional;

/// Puts together what a node's workers share. The runtime decides between real and simulated.
record Making(
    KubernetesClient client,
    NodeConfig config,
    NodeParts parts,
    PodEvents events,
    Background background) {

  PodParts podParts(Informer<Service> services) {
    var secrets = new PullSecrets(this::secret);
    var images = new ImagePuller(parts.runtime(), parts.images(), secrets, events, parts.steady());
    return new PodParts(
        client,
        events,
        parts.runtime(),
        host(services),
        parts.network(),
        images,
        prober(),
        background,
        parts.wall(),
        parts.steady(),
        parts.random(),
        isSimulated() ? "simulated" : "containerd",
        config.address());
  }

  private Optional<Secret> secret(String namespace, String name) {
    return Optional.ofNullable(client.secrets().inNamespace(namespace).withName(name).get());
  }

  private PodHost host(Informer<Service> services) {
    if (isSimulated()) {
      return new SimulatedHost(config.name());
    }
    var objects = new ApiObjects(client);
    var volumes = new Volumes(new PodFolders(config), objects, parts.wall(), parts.random());
    var size = config.size().orElseGet(parts.machine()::size);
    return new MachineHost(
        config, new MachineHost.Parts(size, parts.network(), objects, services, volumes));
  }

  boolean isSimulated() {
    return parts.runtime() instanceof SimulatedRuntime;
  }

  private Prober prober() {
    return parts.runtime() instanceof SimulatedRuntime simulated
        ? new SimulatedProber(simulated)
        : new LiveProber(parts.runtime());
  }
}
