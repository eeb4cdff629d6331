package io.ordinal.node.dns;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.ordinal.node.machine.Ipv4;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// The names that one Service has in DNS (contract N3, the Kubernetes DNS specification 1.1), lower
/// case, without the dot at the end.
///
/// @param names what stands under each name
/// @param reverse the names that an address has because of this Service
record ServiceNames(Map<String, Entry> names, Map<Ipv4, List<String>> reverse) {
  static final ServiceNames NONE = new ServiceNames(Map.of(), Map.of());

  /// What stands under one name.
  ///
  /// @param alias another name to ask for, `""` for none
  record Entry(List<Ipv4> addresses, List<Target> targets, String alias) {
    Entry {
      addresses = List.copyOf(addresses);
      targets = List.copyOf(targets);
    }
  }

  /// Where a port of a Service is found.
  record Target(String host, int port) {}

  /// The names of a Service with these slices in a cluster's domain.
  static ServiceNames of(Service service, Collection<EndpointSlice> slices, String domain) {
    var own =
        (service.getMetadata().getName()
                + "."
                + service.getMetadata().getNamespace()
                + ".svc."
                + domain)
            .toLowerCase(Locale.ROOT);
    var spec = service.getSpec();
    if ("ExternalName".equals(spec.getType())) {
      var alias =
          Objects.requireNonNullElse(spec.getExternalName(), "")
              .toLowerCase(Locale.ROOT)
              .replaceFirst("\\.$", "");
      return new ServiceNames(Map.of(own, new Entry(List.of(), List.of(), alias)), Map.of());
    }
    var names = new Collector(own);
    var address = Ipv4.find(Objects.requireNonNullElse(spec.getClusterIP(), ""));
    if (address.isPresent()) {
      names.addClusterIp(address.get(), spec.getPorts());
    } else {
      slices.stream()
          .filter(slice -> "IPv4".equals(slice.getAddressType()))
          .forEach(names::addHeadless);
    }
    return names.done();
  }

  /// Gathers the names of one Service.
  private static final class Collector {
    private final String own;
    private final Map<String, List<Ipv4>> addresses = new TreeMap<>();
    private final Map<String, List<Target>> targets = new TreeMap<>();
    private final Map<Ipv4, List<String>> reverse = new TreeMap<>();

    Collector(String own) {
      this.own = own;
    }

    void addClusterIp(Ipv4 address, List<ServicePort> ports) {
      addAddress(own, address);
      reverse.put(address, List.of(own));
      ports.forEach(
          port -> addTarget(port.getName(), port.getProtocol(), new Target(own, port.getPort())));
    }

    void addHeadless(EndpointSlice slice) {
      for (var endpoint : slice.getEndpoints()) {
        var address = endpoint.getAddresses().stream().findFirst().flatMap(Ipv4::find);
        if (address.isPresent() && isReady(endpoint)) {
          addEndpoint(endpoint, address.get(), slice.getPorts());
        }
      }
    }

    private void addEndpoint(Endpoint endpoint, Ipv4 address, List<EndpointPort> ports) {
      var named = Optional.ofNullable(endpoint.getHostname()).filter(name -> !name.isEmpty());
      var host =
          named.orElse(address.toString().replace('.', '-')).toLowerCase(Locale.ROOT) + "." + own;
      addAddress(own, address);
      addAddress(host, address);
      if (named.isPresent()) {
        reverse.put(address, List.of(host));
      }
      for (var port : ports) {
        if (port.getPort() != null) {
          addTarget(port.getName(), port.getProtocol(), new Target(host, port.getPort()));
        }
      }
    }

    private void addAddress(String name, Ipv4 address) {
      var list = addresses.computeIfAbsent(name, _ -> new ArrayList<>());
      if (!list.contains(address)) {
        list.add(address);
      }
    }

    /// Every port is found under the Service's own name; a port with a name also under its own.
    private void addTarget(
        @org.jspecify.annotations.Nullable String port,
        @org.jspecify.annotations.Nullable String protocol,
        Target target) {
      addTarget(own, target);
      if (port != null && !port.isEmpty()) {
        var transport = Objects.requireNonNullElse(protocol, "TCP").toLowerCase(Locale.ROOT);
        addTarget("_" + port.toLowerCase(Locale.ROOT) + "._" + transport + "." + own, target);
      }
    }

    private void addTarget(String name, Target target) {
      var list = targets.computeIfAbsent(name, _ -> new ArrayList<>());
      if (!list.contains(target)) {
        list.add(target);
      }
    }

    ServiceNames done() {
      var all = new TreeMap<String, Entry>();
      addresses.forEach((name, list) ->
          all.put(name, new Entry(list, targets.getOrDefault(name, List.of()), "")));
      targets.forEach((name, list) -> all.putIfAbsent(name, new Entry(List.of(), list, "")));
      return new ServiceNames(all, reverse);
    }

    private static boolean isReady(Endpoint endpoint) {
      return endpoint.getConditions() == null
          || !Boolean.FALSE.equals(endpoint.getConditions().getReady());
    }
  }
}
