package io.ordinal.node.network;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import io.ordinal.node.machine.Ipv4;
import io.ordinal.node.machine.NodeLink;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The ports of a pod on its host. A host port without an address is bound to its own node's, so
/// that the same pod can run on two logical nodes of one machine. A host-network pod's ports are
/// the machine's: there, two of them clash.
final class HostPorts {
  private static final Ipv4 ANY = Ipv4.parse("0.0.0.0");

  private HostPorts() {}

  /// Rules that forward a pod's host ports to it; none for a pod in the host's network, which
  /// listens by itself.
  static RuleSet of(Pod pod, NodeLink node, List<String> addresses) {
    var rules = new RuleSet.Builder();
    var address = addresses.stream().flatMap(text -> Ipv4.find(text).stream()).findFirst();
    if (address.isPresent() && !isHostNetwork(pod)) {
      claims(pod, node)
          .forEach(claim -> {
            rules.hostPorts.put(
                claim.frontend(), new Backend(address.get(), claim.containerPort()));
            rules.hairpins.add(address.get());
          });
    }
    return rules.build();
  }

  /// What a pod takes of the machine; the address is 0.0.0.0 for a port of the host's network.
  static SortedSet<Frontend> taken(Pod pod, NodeLink node) {
    var all = new TreeSet<Frontend>();
    claims(pod, node)
        .forEach(claim ->
            all.add(
                isHostNetwork(pod)
                    ? new Frontend(ANY, claim.frontend().protocol(), claim.containerPort())
                    : claim.frontend()));
    return all;
  }

  /// The first port that both want: of one protocol and number, and of one address or of all.
  static Optional<Frontend> clash(SortedSet<Frontend> one, SortedSet<Frontend> other) {
    return one.stream()
        .filter(mine -> other.stream().anyMatch(theirs -> overlap(mine, theirs)))
        .findFirst();
  }

  private static boolean overlap(Frontend one, Frontend other) {
    return one.port() == other.port()
        && one.protocol() == other.protocol()
        && one.address().equals(ANY)
        && other.address().equals(ANY);
  }

  private record Claim(Frontend frontend, int containerPort) {}

  private static Stream<Claim> claims(Pod pod, NodeLink node) {
    return Stream.concat(
            pod.getSpec().getInitContainers().stream().filter(HostPorts::isSidecar),
            pod.getSpec().getContainers().stream())
        .flatMap(container -> container.getPorts().stream())
        .flatMap(port -> claim(pod, port, node).stream());
  }

  private static Optional<Claim> claim(Pod pod, ContainerPort port, NodeLink node) {
    var number =
        Objects.requireNonNullElse(
            port.getHostPort(), isHostNetwork(pod) ? port.getContainerPort() : 0);
    var wanted =
        Ipv4.find(Objects.requireNonNullElse(port.getHostIP(), "")).filter(ip -> !ip.equals(ANY));
    return Protocol.find(Objects.requireNonNullElse(port.getProtocol(), ""))
        .filter(_ -> number != 0)
        .map(protocol ->
            new Claim(
                new Frontend(wanted.orElse(node.address()), protocol, number),
                port.getContainerPort()));
  }

  private static boolean isSidecar(Container container) {
    return "Always".equals(container.getRestartPolicy());
  }

  private static boolean isHostNetwork(Pod pod) {
    return Boolean.TRUE.equals(pod.getSpec().getHostNetwork());
  }
}
