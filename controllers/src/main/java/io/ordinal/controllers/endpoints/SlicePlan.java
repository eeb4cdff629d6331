package io.ordinal.controllers.endpoints;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPortBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.ordinal.kube.Conditions;
import io.ordinal.kube.OwnerRefs;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Which slices of a service are to be made, changed and removed so that together they tell its
/// backends. Slices that are right stay untouched, however the others must change: whoever watches
/// them is told of what changed and no more.
record SlicePlan(
    List<EndpointSlice> create, List<EndpointSlice> update, List<EndpointSlice> delete) {
  static final int MOST_ENDPOINTS = 100;
  static final String SERVICE_NAME = "kubernetes.io/service-name";
  static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
  static final String MANAGER = "endpointslice-controller.k8s.io";
  static final String HEADLESS = "service.kubernetes.io/headless";
  static final String TRIGGER_TIME = "endpoints.kubernetes.io/last-change-trigger-time";

  /// Slices that may share endpoints: one family of addresses, one set of ports.
  private record Kind(String addressType, List<EndpointPort> ports) {}

  /// @param zones the zone of a node by its name
  static SlicePlan of(
      Service service,
      List<Pod> pods,
      Function<String, Optional<String>> zones,
      List<EndpointSlice> existing) {
    Map<Kind, Map<String, Endpoint>> wanted = new LinkedHashMap<>();
    List<Backend> backends = Backend.of(service, pods);
    for (String family : families(service)) {
      for (Backend backend : backends) {
        backend
            .address(family)
            .ifPresent(address ->
                wanted
                    .computeIfAbsent(new Kind(family, ports(backend)), _ -> new LinkedHashMap<>())
                    .put(backend.pod().getMetadata().getUid(), endpoint(backend, address, zones)));
      }
      if (wanted.keySet().stream().noneMatch(k -> k.addressType.equals(family))) {
        // A service nobody answers for still has a slice: its absence would mean "not known yet".
        wanted.put(new Kind(family, List.of()), Map.of());
      }
    }
    var plan = new SlicePlan(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    Map<String, String> labels = labels(service);
    String trigger = triggerTime(service, backends);
    wanted.forEach((kind, endpoints) ->
        plan.fill(new Filling(service, kind, labels, trigger), endpoints, existing));
    existing.stream().filter(s -> !wanted.containsKey(kindOf(s))).forEach(plan.delete::add);
    return plan;
  }

  private record Change(EndpointSlice slice, List<Endpoint> endpoints) {}

  private record Filling(Service service, Kind kind, Map<String, String> labels, String trigger) {}

  /// What is in the right place stays there; what has no place yet goes into slices that change
  /// anyway, then into new ones.
  private void fill(Filling filling, Map<String, Endpoint> endpoints, List<EndpointSlice> all) {
    Map<String, Endpoint> homeless = new LinkedHashMap<>(endpoints);
    List<Change> changed = new ArrayList<>();
    List<EndpointSlice> untouched = new ArrayList<>();
    for (EndpointSlice slice : all) {
      if (!kindOf(slice).equals(filling.kind)) {
        continue;
      }
      List<Endpoint> kept = keep(slice, homeless);
      if (kept.equals(slice.getEndpoints())
          && filling.labels.equals(slice.getMetadata().getLabels())) {
        untouched.add(slice);
      } else {
        changed.add(new Change(slice, kept));
      }
    }
    Deque<Endpoint> rest = new ArrayDeque<>(homeless.values());
    changed.forEach(change -> move(rest, change.endpoints));
    for (EndpointSlice slice : untouched) {
      if (!rest.isEmpty() && slice.getEndpoints().size() < MOST_ENDPOINTS) {
        List<Endpoint> more = new ArrayList<>(slice.getEndpoints());
        move(rest, more);
        changed.add(new Change(slice, more));
      }
    }
    write(filling, changed, rest, untouched.isEmpty());
  }

  private static List<Endpoint> keep(EndpointSlice slice, Map<String, Endpoint> homeless) {
    List<Endpoint> kept = new ArrayList<>();
    for (Endpoint endpoint : slice.getEndpoints()) {
      var ref = endpoint.getTargetRef();
      Endpoint now = ref == null ? null : homeless.remove(ref.getUid());
      if (now != null) {
        kept.add(now);
      }
    }
    return kept;
  }

  private static void move(Deque<Endpoint> from, List<Endpoint> to) {
    while (!from.isEmpty() && to.size() < MOST_ENDPOINTS) {
      to.add(from.remove());
    }
  }

  private void write(
      Filling filling, List<Change> changed, Deque<Endpoint> rest, boolean needsOne) {
    boolean empty = needsOne && rest.isEmpty();
    for (var change : changed) {
      if (change.endpoints.isEmpty() && !(empty && filling.kind.ports.isEmpty())) {
        delete.add(change.slice);
      } else {
        update.add(filled(filling, new EndpointSliceBuilder(change.slice), change.endpoints));
        empty = false;
      }
    }
    while (!rest.isEmpty() || empty) {
      List<Endpoint> part = new ArrayList<>();
      move(rest, part);
      create.add(filled(filling, fresh(filling.service), part));
      empty = false;
    }
  }

  private static EndpointSliceBuilder fresh(Service service) {
    return new EndpointSliceBuilder()
        .withNewMetadata()
        .withNamespace(service.getMetadata().getNamespace())
        .withGenerateName(service.getMetadata().getName() + "-")
        .withOwnerReferences(OwnerRefs.controllerRef(service))
        .endMetadata();
  }

  private static EndpointSlice filled(
      Filling filling, EndpointSliceBuilder slice, List<Endpoint> endpoints) {
    return slice
        .editMetadata()
        .withLabels(filling.labels)
        .addToAnnotations(TRIGGER_TIME, filling.trigger)
        .endMetadata()
        .withAddressType(filling.kind.addressType)
        .withPorts(filling.kind.ports)
        .withEndpoints(endpoints)
        .build();
  }

  private static Kind kindOf(EndpointSlice slice) {
    return new Kind(slice.getAddressType(), slice.getPorts());
  }

  private static List<String> families(Service service) {
    var families = service.getSpec().getIpFamilies();
    return families.isEmpty() ? List.of("IPv4") : families;
  }

  private static List<EndpointPort> ports(Backend backend) {
    return backend.ports().stream()
        .map(p ->
            new EndpointPortBuilder()
                .withName(p.name())
                .withPort(p.port())
                .withProtocol(p.protocol())
                .withAppProtocol(p.appProtocol())
                .build())
        .toList();
  }

  private static Endpoint endpoint(
      Backend backend, String address, Function<String, Optional<String>> zones) {
    boolean serving = backend.isServing();
    boolean terminating = backend.isTerminating();
    String node = backend.pod().getSpec().getNodeName();
    return new EndpointBuilder()
        .withAddresses(address)
        .withNewConditions()
        .withReady(backend.publishesNotReady() || (serving && !terminating))
        .withServing(serving)
        .withTerminating(terminating)
        .endConditions()
        .withHostname(backend.hostname().orElse(null))
        .withNodeName(node)
        .withZone(node == null ? null : zones.apply(node).orElse(null))
        .withTargetRef(backend.reference())
        .build();
  }

  private static Map<String, String> labels(Service service) {
    Map<String, String> labels = new HashMap<>(service.getMetadata().getLabels());
    labels.remove(HEADLESS);
    labels.put(SERVICE_NAME, service.getMetadata().getName());
    labels.put(MANAGED_BY, MANAGER);
    if (Backend.isHeadless(service)) {
      labels.put(HEADLESS, "");
    }
    return labels;
  }

  /// The newest change that the slices tell of.
  static String triggerTime(Service service, List<Backend> backends) {
    String newest = Optional.ofNullable(service.getMetadata().getCreationTimestamp()).orElse("");
    for (Backend backend : backends) {
      var ready = Conditions.find(backend.pod(), "Ready");
      String time = ready.map(c -> c.getLastTransitionTime()).orElse("");
      newest = time.compareTo(newest) > 0 ? time : newest;
    }
    return newest;
  }
}
