package io.ordinal.node.network;

import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.ordinal.node.machine.Ipv4;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Who stands behind one port of a Service.
///
/// @param all every endpoint of the port, whatever its state
record Endpoints(List<Candidate> all) {

  /// @param node where it runs, `""` when nobody said
  /// @param ready it takes new connections
  /// @param leaving it is terminating, yet still serves
  record Candidate(Backend backend, String node, boolean ready, boolean leaving) {}

  /// The IPv4 endpoints of a port, from all slices of its Service. A slice's port belongs to the
  /// Service's port of the same name and protocol.
  static Endpoints of(Collection<EndpointSlice> slices, ServicePort port) {
    return new Endpoints(
        slices.stream()
            .filter(slice -> "IPv4".equals(slice.getAddressType()))
            .flatMap(slice -> candidates(slice, port))
            .toList());
  }

  /// Ready ones; when there is none, those that still serve while they leave.
  List<Backend> usable() {
    return usable(_ -> true);
  }

  /// The same among the endpoints of some nodes.
  List<Backend> usableOn(Collection<String> nodes) {
    return usable(candidate -> nodes.contains(candidate.node()));
  }

  private List<Backend> usable(Predicate<Candidate> where) {
    var ready = backends(where.and(Candidate::ready));
    return ready.isEmpty() ? backends(where.and(Candidate::leaving)) : ready;
  }

  private List<Backend> backends(Predicate<Candidate> which) {
    return all.stream().filter(which).map(Candidate::backend).distinct().sorted().toList();
  }

  private static Stream<Candidate> candidates(EndpointSlice slice, ServicePort port) {
    return slice.getPorts().stream()
        .filter(each -> isFor(each, port))
        .flatMap(each -> Optional.ofNullable(each.getPort()).stream())
        .flatMap(number ->
            slice.getEndpoints().stream()
                .flatMap(endpoint -> candidate(endpoint, number).stream()));
  }

  private static boolean isFor(EndpointPort each, ServicePort port) {
    return Objects.requireNonNullElse(each.getName(), "")
            .equals(Objects.requireNonNullElse(port.getName(), ""))
        && Objects.requireNonNullElse(each.getProtocol(), "TCP")
            .equals(Objects.requireNonNullElse(port.getProtocol(), "TCP"));
  }

  private static Optional<Candidate> candidate(Endpoint endpoint, int port) {
    return endpoint.getAddresses().stream()
        .findFirst()
        .flatMap(Ipv4::find)
        .map(address -> candidate(endpoint, new Backend(address, port)));
  }

  /// Conditions that nobody set: ready means yes, serving means as ready, terminating means no.
  private static Candidate candidate(Endpoint endpoint, Backend backend) {
    var conditions = Optional.ofNullable(endpoint.getConditions());
    var ready = conditions.map(c -> c.getReady()).orElse(true);
    var serving = conditions.map(c -> c.getServing()).orElse(ready);
    var terminating = conditions.map(c -> c.getTerminating()).orElse(false);
    return new Candidate(
        backend,
        Objects.requireNonNullElse(endpoint.getNodeName(), ""),
        ready,
        serving && terminating);
  }
}
