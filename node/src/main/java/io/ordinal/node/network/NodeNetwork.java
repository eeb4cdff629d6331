package io.ordinal.node.network;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.ordinal.kube.EventRecorder;
import io.ordinal.kube.Informers;
import io.ordinal.node.PodNetwork;
import io.ordinal.node.dns.ClusterDns;
import io.ordinal.node.machine.Footprint;
import io.ordinal.node.machine.NetworkLayout;
import java.io.IOException;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// The network of all logical nodes of this machine: their bridges, the service proxy and the DNS.
public final class NodeNetwork implements AutoCloseable {
  private final NetworkLayout layout;
  private final ServiceProxy proxy;
  private final ClusterDns dns;
  private final MachinePorts ports;

  private NodeNetwork(
      NetworkLayout layout, ServiceProxy proxy, ClusterDns dns, MachinePorts ports) {
    this.layout = layout;
    this.proxy = proxy;
    this.dns = dns;
    this.ports = ports;
  }

  /// What has to be there before containerd starts and before the API server binds to the bridges:
  /// it needs no API.
  public static void prepare(NetworkLayout layout) throws IOException {
    CniConfig.write(layout);
    Bridges.up(layout);
  }

  /// Starts proxy and DNS on a prepared machine. Services work once the informers have their first
  /// lists; until then the rules of an Ordinal that ran before stay as they are.
  ///
  /// @param informers started by the caller, sooner or later
  /// @param events hears of host ports that clash
  /// @throws IOException when the DNS cannot listen
  public static NodeNetwork start(
      NetworkLayout layout,
      Informers informers,
      EventRecorder events,
      InstantSource clock,
      RandomGenerator random)
      throws IOException {
    var services = informers.of(Service.class);
    var slices = informers.of(EndpointSlice.class);
    var dns =
        ClusterDns.start(layout, informers.of(Namespace.class), services, slices, clock, random);
    var proxy =
        new ServiceProxy(
            layout, ServiceInformers.of(services, slices), new Nft(), new KernelUdpConnections());
    proxy.start();
    return new NodeNetwork(layout, proxy, dns, new MachinePorts(proxy, events));
  }

  /// The network as one node's agent sees it.
  ///
  /// @throws IllegalArgumentException when the layout has no such node
  public PodNetwork of(String node) {
    var link = layout.node(node).orElseThrow(() -> new IllegalArgumentException("no node " + node));
    return new LinkedNode(link, ports);
  }

  /// Whether every Service heard of so far is in the kernel.
  public boolean settled() {
    return proxy.settled();
  }

  /// Stops following the API. Rules and bridges stay, and with them the network of running pods.
  @Override
  public void close() {
    proxy.close();
    dns.close();
  }

  /// Takes everything of a data folder's network from the machine, when no pod of it is left.
  public static void remove(Footprint footprint) throws IOException {
    Bridges.down(footprint);
    CniConfig.forgetAddresses(footprint);
  }
}
