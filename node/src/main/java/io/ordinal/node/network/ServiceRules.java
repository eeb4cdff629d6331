package io.ordinal.node.network;

import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.ordinal.node.machine.Ipv4;
import io.ordinal.node.machine.NetworkLayout;
import io.ordinal.node.machine.NodeLink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// One Service as rules (contract N2; the shape follows kube-proxy's nftables mode).
///
/// | chain          | decides for                                                        |
/// |----------------|--------------------------------------------------------------------|
/// | `service-…`    | everybody: one of all endpoints                                    |
/// | `local-…/NODE` | the endpoints of one node, `local-…/` of all nodes of this machine |
/// | `internal-…`   | internalTrafficPolicy Local: which of those, by the client         |
/// | `external-…`   | node ports, external and load balancer addresses                   |
/// | `endpoint-…`   | one endpoint that remembers its clients                            |
///
/// All nodes of a layout are this machine: its own processes count as local to each of them.
final class ServiceRules {
  private static final Duration AFFINITY = Duration.ofHours(3);
  private static final Ipv4 LOOPBACK = Ipv4.parse("127.0.0.1");

  private final NetworkLayout layout;
  private final Service service;
  private final RuleSet.Builder rules = new RuleSet.Builder();

  private ServiceRules(NetworkLayout layout, Service service) {
    this.layout = layout;
    this.service = service;
  }

  /// The rules of a Service with these slices; none for those that the proxy has nothing to do
  /// with.
  static RuleSet of(NetworkLayout layout, Service service, Collection<EndpointSlice> slices) {
    var one = new ServiceRules(layout, service);
    if (one.isServed()) {
      for (var port : service.getSpec().getPorts()) {
        one.addPort(port, Endpoints.of(slices, port));
      }
    }
    return one.rules.build();
  }

  private boolean isServed() {
    var labels =
        Objects.requireNonNullElse(service.getMetadata().getLabels(), Map.<String, String>of());
    return clusterIp().isPresent()
        && !labels.containsKey("service.kubernetes.io/service-proxy-name")
        && !labels.containsKey("service.kubernetes.io/headless")
        && !"ExternalName".equals(service.getSpec().getType());
  }

  private Optional<Ipv4> clusterIp() {
    return Ipv4.find(Objects.requireNonNullElse(service.getSpec().getClusterIP(), ""));
  }

  private void addPort(ServicePort port, Endpoints endpoints) {
    var protocol = Protocol.find(Objects.requireNonNullElse(port.getProtocol(), ""));
    if (protocol.isEmpty()) {
      return;
    }
    var target = new Port(protocol.get(), port, endpoints, suffix(port, protocol.get()));
    if (endpoints.usable().isEmpty()) {
      frontends(target).forEach(rules.refused::add);
      return;
    }
    endpoints.usable().forEach(backend -> rules.hairpins.add(backend.address()));
    var everybody = chainOf("service-" + target.suffix(), target, endpoints.usable());
    var inside =
        isLocal(service.getSpec().getInternalTrafficPolicy()) ? internal(target) : everybody;
    clusterIp()
        .ifPresent(address ->
            rules.frontends.put(new Frontend(address, target.protocol(), port.getPort()), inside));
    var outer = external(target).toList();
    if (!outer.isEmpty()) {
      var outside =
          isLocal(service.getSpec().getExternalTrafficPolicy())
              ? externalLocal(target, everybody)
              : externalCluster(target, everybody);
      outer.forEach(frontend -> rules.frontends.put(frontend, outside));
    }
  }

  /// A port of the Service, with what stands behind it and what its chains' names end with.
  private record Port(Protocol protocol, ServicePort port, Endpoints endpoints, String suffix) {}

  /// The digits keep apart what the shortening of long names would make equal.
  private String suffix(ServicePort port, Protocol protocol) {
    var name =
        service.getMetadata().getNamespace()
            + "/"
            + service.getMetadata().getName()
            + "/"
            + protocol
            + "/"
            + port.getPort();
    var digits = String.format("%08x", name.hashCode());
    return digits + "-" + name.substring(0, Math.min(name.length(), 60));
  }

  private static boolean isLocal(@org.jspecify.annotations.Nullable String policy) {
    return "Local".equals(policy);
  }

  private Stream<Frontend> frontends(Port target) {
    return Stream.concat(
        clusterIp().stream()
            .map(address -> new Frontend(address, target.protocol(), target.port().getPort())),
        external(target));
  }

  private Stream<Frontend> external(Port target) {
    var spec = service.getSpec();
    var balanced =
        Optional.ofNullable(service.getStatus())
            .flatMap(status -> Optional.ofNullable(status.getLoadBalancer()))
            .stream()
            .flatMap(balancer -> balancer.getIngress().stream())
            .filter(ingress -> !"Proxy".equals(ingress.getIpMode()))
            .map(LoadBalancerIngress::getIp)
            .filter(Objects::nonNull);
    var addresses =
        Stream.concat(spec.getExternalIPs().stream(), balanced)
            .flatMap(text -> Ipv4.find(text).stream());
    var named =
        addresses.map(address -> new Frontend(address, target.protocol(), target.port().getPort()));
    var nodePort = Objects.requireNonNullElse(target.port().getNodePort(), 0);
    var nodes =
        nodePort == 0
            ? Stream.<Ipv4>empty()
            : Stream.concat(Stream.of(LOOPBACK), layout.nodes().stream().map(NodeLink::address));
    return Stream.concat(
        named, nodes.map(address -> new Frontend(address, target.protocol(), nodePort)));
  }

  /// A chain that forwards to one of the backends, sticking to it where the Service wants that.
  private String chainOf(String name, Port target, List<Backend> backends) {
    if (!"ClientIP".equals(service.getSpec().getSessionAffinity())) {
      return rules.chain(name, List.of(new Rule.Forward(target.protocol(), backends)));
    }
    var chain = new ArrayList<Rule>();
    var endpoints = backends.stream().map(backend -> remembering(target, backend)).toList();
    for (var i = 0; i < backends.size(); i++) {
      chain.add(new Rule.Sticky(memory(target, backends.get(i)), endpoints.get(i)));
    }
    chain.add(new Rule.Pick(endpoints));
    return rules.chain(name, chain);
  }

  private String remembering(Port target, Backend backend) {
    var set = memory(target, backend);
    rules.memories.put(set, affinity());
    return rules.chain(
        "endpoint-" + target.suffix() + "/" + backend.address() + "/" + backend.port(),
        List.of(new Rule.Remember(set), new Rule.Forward(target.protocol(), List.of(backend))));
  }

  /// The time is part of the name: a set cannot change it.
  private String memory(Port target, Backend backend) {
    return "clients-"
        + target.suffix()
        + "/"
        + backend.address()
        + "/"
        + backend.port()
        + "/"
        + affinity().toSeconds();
  }

  private Duration affinity() {
    return Optional.ofNullable(service.getSpec().getSessionAffinityConfig())
        .flatMap(config -> Optional.ofNullable(config.getClientIP()))
        .flatMap(client -> Optional.ofNullable(client.getTimeoutSeconds()))
        .map(Duration::ofSeconds)
        .orElse(AFFINITY);
  }

  private String internal(Port target) {
    var chain = new ArrayList<Rule>();
    for (var node : layout.nodes()) {
      chain.add(new Rule.From(node.podCidr(), localTo(target, node.node())));
    }
    chain.add(new Rule.Goto(localTo(target, "")));
    return rules.chain("internal-" + target.suffix(), chain);
  }

  private String externalCluster(Port target, String everybody) {
    return rules.chain(
        "external-" + target.suffix(), List.of(new Rule.Masquerade(), new Rule.Goto(everybody)));
  }

  /// Pods and this machine are inside: for them the policy does not hold.
  private String externalLocal(Port target, String everybody) {
    var chain = new ArrayList<Rule>();
    chain.add(new Rule.From(layout.pods(), everybody));
    chain.add(new Rule.FromMachine(everybody));
    for (var node : layout.nodes()) {
      chain.add(new Rule.To(node.address(), localTo(target, node.node())));
    }
    chain.add(new Rule.Goto(localTo(target, "")));
    return rules.chain("external-" + target.suffix(), chain);
  }

  private String localTo(Port target, String node) {
    var name = "local-" + target.suffix() + "/" + node;
    var mine =
        node.isEmpty()
            ? target.endpoints().usableOn(layout.nodes().stream().map(NodeLink::node).toList())
            : target.endpoints().usableOn(List.of(node));
    return mine.isEmpty()
        ? rules.chain(name, List.of(new Rule.Drop()))
        : chainOf(name, target, mine);
  }
}
