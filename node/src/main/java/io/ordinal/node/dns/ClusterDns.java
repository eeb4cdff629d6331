package io.ordinal.node.dns;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.ordinal.kube.Informer;
import io.ordinal.kube.ObjectKey;
import io.ordinal.node.machine.NetworkLayout;
import io.ordinal.node.machine.NodeLink;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The cluster's DNS: a [Zone] that follows Services and EndpointSlices, and the server that speaks
/// for it on the gateway address of every node. Names change on the informer's own thread, so an
/// answer is never later than the cache.
public final class ClusterDns implements AutoCloseable {
  private static final String BY_SERVICE = "service-for-dns";
  private static final String SERVICE_NAME = "kubernetes.io/service-name";
  private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int PORT = 53;

  private final Informer<Service> services;
  private final Informer<EndpointSlice> slices;
  private final Zone zone;
  private final DnsServer server;

  private ClusterDns(
      Informer<Service> services, Informer<EndpointSlice> slices, Zone zone, DnsServer server) {
    this.services = services;
    this.slices = slices;
    this.zone = zone;
    this.server = server;
  }

  /// Listens on the gateway addresses, which exist already, and answers to the pod network alone.
  ///
  /// @throws IOException when an address is taken
  public static ClusterDns start(
      NetworkLayout layout,
      Informer<Namespace> namespaces,
      Informer<Service> services,
      Informer<EndpointSlice> slices,
      InstantSource clock,
      RandomGenerator random)
      throws IOException {
    var zone =
        new Zone(
            layout.domain(),
            layout.dnsClusterIp(),
            name -> namespaces.get(new ObjectKey("", name)).isPresent());
    var upstreams = new Upstreams(ResolvConf.nameservers(RESOLV_CONF), PATIENCE, clock);
    var answers = new Answers(zone, List.of(layout.pods(), layout.services()), upstreams, random);
    var addresses =
        layout.nodes().stream()
            .map(NodeLink::gateway)
            .map(gateway -> new InetSocketAddress(gateway.toInetAddress(), PORT))
            .toList();
    var server = DnsServer.start(addresses, answers, layout.pods()::contains);
    var dns = new ClusterDns(services, slices, zone, server);
    dns.follow();
    return dns;
  }

  private void follow() {
    slices.addIndex(
        BY_SERVICE, slice -> serviceOf(slice).stream().map(ObjectKey::toString).toList());
    services.onChange((before, after) -> lookAtService(before == null ? after : before));
    slices.onChange((before, after) -> {
      lookAtSlice(before);
      lookAtSlice(after);
    });
  }

  private void lookAtService(@Nullable Service service) {
    if (service != null) {
      look(ObjectKey.of(service));
    }
  }

  private void lookAtSlice(@Nullable EndpointSlice slice) {
    if (slice != null) {
      serviceOf(slice).ifPresent(this::look);
    }
  }

  /// Both informers' threads come here.
  private synchronized void look(ObjectKey key) {
    var names =
        services
            .get(key)
            .map(service ->
                ServiceNames.of(service, slices.by(BY_SERVICE, key.toString()), zone.domain()))
            .orElse(ServiceNames.NONE);
    zone.set(key, names);
  }

  private static Optional<ObjectKey> serviceOf(EndpointSlice slice) {
    return Optional.ofNullable(slice.getMetadata().getLabels())
        .flatMap(labels -> Optional.ofNullable(labels.get(SERVICE_NAME)))
        .map(name -> new ObjectKey(slice.getMetadata().getNamespace(), name));
  }

  @Override
  public void close() {
    server.close();
  }
}
