package io.ordinal.node.network;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.ordinal.kube.Informer;
import io.ordinal.node.containerd.Containerd;
import io.ordinal.node.containerd.ContainerdSettings;
import io.ordinal.node.containerd.Leftovers;
import io.ordinal.node.cri.CriRuntime;
import io.ordinal.node.dns.ClusterDns;
import io.ordinal.node.images.ImageStore;
import io.ordinal.node.images.LocalImages;
import io.ordinal.node.images.MachineImages;
import io.ordinal.node.machine.Cidr;
import io.ordinal.node.machine.Footprint;
import io.ordinal.node.machine.NetworkLayout;
import io.ordinal.node.runtime.ContainerConfig;
import io.ordinal.node.runtime.Namespaces;
import io.ordinal.node.runtime.PodIdentity;
import io.ordinal.node.runtime.Resources;
import io.ordinal.node.runtime.SandboxConfig;
import io.ordinal.node.runtime.Seccomp;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Two logical nodes on this machine, with containerd, proxy and DNS, but without an API: the test
/// tells the informers what there is. All of it belongs to one data folder and goes with [#close].
final class RealMachine implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final List<String> SEARCHES =
      List.of("default.svc.cluster.local", "svc.cluster.local", "cluster.local");

  final NetworkLayout layout;
  final Informer<Service> services = new Informer<>(Service.class);
  final Informer<EndpointSlice> slices = new Informer<>(EndpointSlice.class);
  final Containerd containerd;
  final CriRuntime runtime;
  final ServiceProxy proxy;
  private final ClusterDns dns;

  /// A pod with one container.
  record Running(String sandbox, String container, String address) {}

  RealMachine(Path folder) throws IOException, InterruptedException {
    var footprint = Footprint.of(folder);
    var second = 222 + 2 * footprint.pick(16);
    layout =
        NetworkLayout.of(
            footprint,
            "cluster.local",
            Cidr.parse("10." + second + ".0.0/16"),
            Cidr.parse("10." + (second + 1) + ".0.0/16"),
            List.of("node-1", "node-2"));
    NodeNetwork.prepare(layout);
    containerd = Containerd.start(ContainerdSettings.of(layout), InstantSource.system());
    runtime = CriRuntime.at(containerd.socket());
    if (!containerd.await(() -> runtime.health().runtimeReady(), SOON)) {
      throw new IOException("containerd does not answer");
    }
    var images =
        new ImageStore(containerd.socket(), LocalImages.of(folder), InstantSource.system());
    images.ensurePause(name -> runtime.image(name).isPresent());
    images.makeNginx();
    var namespaces = new Informer<>(Namespace.class);
    namespaces.apply(
        new NamespaceBuilder()
            .withNewMetadata()
            .withName("default")
            .withResourceVersion("1")
            .endMetadata()
            .build());
    dns =
        ClusterDns.start(
            layout,
            namespaces,
            services,
            slices,
            InstantSource.system(),
            RandomGenerator.of("L64X128MixRandom"));
    proxy =
        new ServiceProxy(
            layout,
            new ServiceInformers(services, slices, () -> true),
            new Nft(),
            new KernelUdpConnections());
    for (var object : ClusterServices.wanted(layout, 6443)) {
      switch (object) {
        case Service service -> services.apply(service);
        case EndpointSlice slice -> slices.apply(slice);
        default -> throw new AssertionError(object.getKind());
      }
    }
    proxy.step();
  }

  /// Runs the nginx stand-in, or another command of its image.
  Running run(String name, String node, List<String> command) {
    var security =
        new SandboxConfig.Security(
            Namespaces.ORDINARY, false, List.of(), null, null, new Seccomp.RuntimeDefault());
    var names =
        new SandboxConfig.Dns(
            List.of(layout.dnsClusterIp().toString()), SEARCHES, List.of("ndots:5"));
    var logs = layout.footprint().dataFolder().resolve("logs").resolve(name).toString();
    var sandbox =
        new SandboxConfig(
            new PodIdentity("default", name, "uid-" + name),
            0,
            name,
            logs,
            names,
            List.of(),
            Map.of(),
            Map.of(),
            layout.footprint().cgroup() + "/" + name,
            security,
            Map.of(),
            node);
    var id = runtime.runSandbox(sandbox);
    var container = runtime.createContainer(id, container(command), sandbox);
    runtime.startContainer(container);
    return new Running(id, container, runtime.sandbox(id).orElseThrow().ips().getFirst());
  }

  private ContainerConfig container(List<String> command) {
    return new ContainerConfig(
        "main",
        0,
        runtime.image(MachineImages.NGINX).orElseThrow().id(),
        "nginx",
        new ContainerConfig.Command(command, List.of(), "", List.of(), false, false, false),
        List.of(),
        List.of(),
        Map.of(),
        Map.of(),
        "main.log",
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

  /// What a command in a pod says.
  String in(Running pod, String... command) {
    var result = runtime.execSync(pod.container(), List.of(command), SOON);
    return result.stdout() + result.stderr();
  }

  @Override
  public void close() throws IOException {
    proxy.close();
    dns.close();
    runtime.close();
    containerd.stop();
    new Leftovers(layout.footprint()).remove();
    NodeNetwork.remove(layout.footprint());
  }
}
