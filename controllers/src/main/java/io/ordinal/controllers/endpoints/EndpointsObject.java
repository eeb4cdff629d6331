package io.ordinal.controllers.endpoints;

import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.EndpointAddressBuilder;
import io.fabric8.kubernetes.api.model.EndpointPort;
import io.fabric8.kubernetes.api.model.EndpointPortBuilder;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.EndpointSubsetBuilder;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The Endpoints of a service, as older clients read them: one object, grouped into subsets whose
/// addresses all have the same ports, at most 1,000 addresses.
final class EndpointsObject {
  static final String OVER_CAPACITY = "endpoints.kubernetes.io/over-capacity";
  private static final int MOST_ADDRESSES = 1000;

  private EndpointsObject() {}

  /// Known by its address and its pod's uid; comparing whole pods would cost more than all else.
  private record Member(String ip, boolean ready, Backend backend) implements Comparable<Member> {
    private static final Comparator<Member> ORDER =
        Comparator.comparing(Member::ip)
            .thenComparing(m -> m.backend().pod().getMetadata().getUid());

    @Override
    public boolean equals(Object other) {
      return other instanceof Member member && compareTo(member) == 0;
    }

    @Override
    public int hashCode() {
      return ip.hashCode();
    }

    @Override
    public int compareTo(Member other) {
      return ORDER.compare(this, other);
    }
  }

  /// The object that should be there; empty when the one that is there is right.
  static Optional<Endpoints> missing(
      Service service, List<Pod> pods, Optional<Endpoints> existing) {
    List<Backend> backends = Backend.of(service, pods);
    List<Member> members = members(service, backends);
    boolean tooMany = members.size() > MOST_ADDRESSES;
    List<EndpointSubset> subsets =
        subsets(tooMany ? readyFirst(members).subList(0, MOST_ADDRESSES) : members);
    Map<String, String> labels = labels(service);
    if (existing
        .filter(e -> e.getSubsets().equals(subsets))
        .filter(e -> e.getMetadata().getLabels().equals(labels))
        .isPresent()) {
      return Optional.empty();
    }
    var object =
        existing
            .map(EndpointsBuilder::new)
            .orElseGet(() ->
                new EndpointsBuilder()
                    .withNewMetadata()
                    .withNamespace(service.getMetadata().getNamespace())
                    .withName(service.getMetadata().getName())
                    .endMetadata());
    var metadata =
        object
            .editMetadata()
            .withLabels(labels)
            .addToAnnotations(SlicePlan.TRIGGER_TIME, SlicePlan.triggerTime(service, backends));
    metadata =
        tooMany
            ? metadata.addToAnnotations(OVER_CAPACITY, "truncated")
            : metadata.removeFromAnnotations(OVER_CAPACITY);
    return Optional.of(metadata.endMetadata().withSubsets(subsets).build());
  }

  private static List<Member> members(Service service, List<Backend> backends) {
    String family =
        service.getSpec().getIpFamilies().isEmpty()
            ? "IPv4"
            : service.getSpec().getIpFamilies().getFirst();
    List<Member> members = new ArrayList<>();
    for (Backend backend : backends) {
      boolean all = backend.publishesNotReady();
      if (backend.isTerminating() && !all) {
        continue;
      }
      backend
          .address(family)
          .ifPresent(ip -> members.add(new Member(ip, all || backend.isServing(), backend)));
    }
    return members;
  }

  private static List<Member> readyFirst(List<Member> members) {
    return members.stream().sorted(Comparator.comparing(m -> !m.ready())).toList();
  }

  /// First who has each port, then which ports are had by the same members.
  private static List<EndpointSubset> subsets(List<Member> members) {
    Map<Backend.Port, Set<Member>> byPort = new LinkedHashMap<>();
    Set<Member> portless = new TreeSet<>();
    for (Member member : members) {
      List<Backend.Port> ports = member.backend().ports();
      if (ports.isEmpty() && Backend.isHeadless(member.backend().service())) {
        portless.add(member);
      }
      ports.forEach(p -> byPort.computeIfAbsent(p, _ -> new TreeSet<>()).add(member));
    }
    Map<Set<Member>, List<Backend.Port>> groups = new LinkedHashMap<>();
    byPort.forEach((port, who) -> groups.computeIfAbsent(who, _ -> new ArrayList<>()).add(port));
    List<EndpointSubset> subsets = new ArrayList<>();
    if (!portless.isEmpty()) {
      subsets.add(subset(portless, List.of()));
    }
    groups.forEach((who, ports) -> subsets.add(subset(who, ports)));
    return subsets;
  }

  private static EndpointSubset subset(Set<Member> members, List<Backend.Port> ports) {
    return new EndpointSubsetBuilder()
        .withAddresses(addresses(members, true))
        .withNotReadyAddresses(addresses(members, false))
        .withPorts(ports.stream().map(EndpointsObject::port).toList())
        .build();
  }

  private static List<EndpointAddress> addresses(Set<Member> members, boolean ready) {
    return members.stream().filter(m -> m.ready() == ready).map(EndpointsObject::address).toList();
  }

  private static EndpointAddress address(Member member) {
    return new EndpointAddressBuilder()
        .withIp(member.ip())
        .withHostname(member.backend().hostname().orElse(null))
        .withNodeName(member.backend().pod().getSpec().getNodeName())
        .withTargetRef(member.backend().reference())
        .build();
  }

  private static EndpointPort port(Backend.Port port) {
    return new EndpointPortBuilder()
        .withName(port.name().isEmpty() ? null : port.name())
        .withPort(port.port())
        .withProtocol(port.protocol())
        .withAppProtocol(port.appProtocol())
        .build();
  }

  private static Map<String, String> labels(Service service) {
    Map<String, String> labels = new HashMap<>(service.getMetadata().getLabels());
    labels.put("endpoints.kubernetes.io/managed-by", "endpoint-controller");
    if (Backend.isHeadless(service)) {
      labels.put(SlicePlan.HEADLESS, "");
    } else {
      labels.remove(SlicePlan.HEADLESS);
    }
    return labels;
  }
}
