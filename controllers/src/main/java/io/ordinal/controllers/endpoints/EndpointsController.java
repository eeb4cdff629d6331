package io.ordinal.controllers.endpoints;

import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.ordinal.controllers.context.ControllerContext;
import io.ordinal.kube.Consistency;
import io.ordinal.kube.Informer;
import io.ordinal.kube.NodeSelectors;
import io.ordinal.kube.ObjectKey;
import io.ordinal.kube.Outcome;
import io.ordinal.kube.Pods;
import io.ordinal.kube.WorkQueue;
import io.ordinal.kube.Writer;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keeps the slices and the Endpoints of every service with a selector true.
public final class EndpointsController {
  private static final String ZONE = "topology.kubernetes.io/zone";
  private static final String BY_SERVICE = "service";

  /// All endpoints are written anew when one changes. So a service with many is looked at a little
  /// later, the later the more it has: its pods change together.
  private static final int MANY = 10;

  private static final Duration PER_ENDPOINT = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofMillis(250);

  private final Writer sliceWriter;
  private final Writer endpointsWriter;
  private final Informer<Service> services;
  private final Informer<Pod> pods;
  private final Informer<Node> nodes;
  private final Informer<EndpointSlice> slices;
  private final Informer<Endpoints> endpoints;
  private final WorkQueue<ObjectKey> sliceQueue;
  private final WorkQueue<ObjectKey> endpointsQueue;
  private final Consistency written;

  /// Adds both to the context's controllers.
  public EndpointsController(ControllerContext context) {
    sliceWriter = new Writer(context.client("endpointslice-controller"));
    endpointsWriter = new Writer(context.client("endpoint-controller"));
    services = context.informer(Service.class);
    pods = context.informer(Pod.class);
    nodes = context.informer(Node.class);
    slices = context.informer(EndpointSlice.class);
    endpoints = context.informer(Endpoints.class);
    sliceQueue = context.controller("endpointslice", this::reconcileSlices, 2);
    endpointsQueue = context.controller("endpoints", this::reconcileEndpoints, 2);
    written = new Consistency(sliceQueue::add);
    written.follow(slices);
    slices.addIndex(
        BY_SERVICE, s -> serviceOf(s).map(k -> List.of(k.toString())).orElse(List.of()));
    services.onChange((before, after) -> look(after == null ? before : after));
    pods.onChange(this::podChanged);
    nodes.onChange(this::nodeChanged);
    slices.onChange((before, after) -> sliceChanged(after == null ? before : after));
    endpoints.onChange((before, after) -> {
      if (after == null && before != null) {
        endpointsQueue.add(ObjectKey.of(before));
      }
    });
  }

  private static Optional<ObjectKey> serviceOf(EndpointSlice slice) {
    var labels = slice.getMetadata().getLabels();
    String service = labels.get(SlicePlan.SERVICE_NAME);
    return service != null && SlicePlan.MANAGER.equals(labels.get(SlicePlan.MANAGED_BY))
        ? Optional.of(new ObjectKey(slice.getMetadata().getNamespace(), service))
        : Optional.empty();
  }

  private void look(@Nullable Service service) {
    if (service != null) {
      sliceQueue.add(ObjectKey.of(service));
      endpointsQueue.add(ObjectKey.of(service));
    }
  }

  /// Our own writes come back here too; they find nothing left to do.
  private void sliceChanged(@Nullable EndpointSlice slice) {
    if (slice != null) {
      serviceOf(slice).ifPresent(sliceQueue::add);
    }
  }

  private void podChanged(@Nullable Pod before, @Nullable Pod after) {
    if (before != null && after != null && looksTheSame(before, after)) {
      return;
    }
    Pod pod = Objects.requireNonNull(after == null ? before : after);
    for (Service service : services.list(pod.getMetadata().getNamespace())) {
      if (hasSelector(service) && (chooses(service, before) || chooses(service, after))) {
        gather(ObjectKey.of(service));
      }
    }
  }

  private void gather(ObjectKey service) {
    Duration delay = gathering(endpointsOf(service));
    sliceQueue.addAfter(service, delay);
    endpointsQueue.addAfter(service, delay);
  }

  private static Duration gathering(int endpoints) {
    if (endpoints < MANY) return Duration.ZERO;
    var delay = PER_ENDPOINT.multipliedBy(endpoints);
    return delay.compareTo(LONGEST) < 0 ? delay : LONGEST;
  }

  private int endpointsOf(ObjectKey service) {
    return slices.by(BY_SERVICE, service.toString()).stream()
        .mapToInt(s -> s.getEndpoints().size())
        .sum();
  }

  private static boolean chooses(Service service, @Nullable Pod pod) {
    return pod != null
        && NodeSelectors.containsAll(
            pod.getMetadata().getLabels(), service.getSpec().getSelector());
  }

  private static boolean hasSelector(Service service) {
    return !service.getSpec().getSelector().isEmpty()
        && !"ExternalName".equals(service.getSpec().getType());
  }

  private static boolean looksTheSame(Pod a, Pod b) {
    return Pods.isReady(a) == Pods.isReady(b)
        && Pods.isTerminating(a) == Pods.isTerminating(b)
        && Pods.isTerminal(a) == Pods.isTerminal(b)
        && addresses(a).equals(addresses(b))
        && a.getMetadata().getUid().equals(b.getMetadata().getUid())
        && a.getMetadata().getLabels().equals(b.getMetadata().getLabels())
        && Objects.equals(a.getSpec().getNodeName(), b.getSpec().getNodeName());
  }

  private static List<String> addresses(Pod pod) {
    return pod.getStatus() == null
        ? List.of()
        : List.of(
            Objects.requireNonNullElse(pod.getStatus().getPodIP(), ""),
            pod.getStatus().getPodIPs().toString());
  }

  private void nodeChanged(@Nullable Node before, @Nullable Node after) {
    if (!zone(before).equals(zone(after))) {
      services.list().forEach(this::look);
    }
  }

  private static Optional<String> zone(@Nullable Node node) {
    return Optional.ofNullable(node).map(n -> n.getMetadata().getLabels().get(ZONE));
  }

  private Outcome reconcileSlices(ObjectKey key) {
    var service = services.get(key);
    if (service.isEmpty() || !isKept(service.get())) {
      // The slices of a service that is gone go with it: they are its dependents.
      written.forget(key);
      return Outcome.DONE;
    }
    if (!written.caughtUp(key)) {
      return Outcome.DONE;
    }
    var plan =
        SlicePlan.of(
            service.get(),
            pods.list(key.namespace()),
            name -> zone(nodes.get(new ObjectKey("", name)).orElse(null)),
            slices.by(BY_SERVICE, key.toString()));
    perform(key, plan);
    return Outcome.DONE;
  }

  private static boolean isKept(Service service) {
    return hasSelector(service) && service.getMetadata().getDeletionTimestamp() == null;
  }

  private void perform(ObjectKey key, SlicePlan plan) {
    for (EndpointSlice slice : plan.create()) {
      written.wrote(key, slices, sliceWriter.create(slice));
    }
    for (EndpointSlice slice : plan.update()) {
      written.wrote(key, slices, sliceWriter.replace(slice));
    }
    for (EndpointSlice slice : plan.delete()) {
      sliceWriter.delete(slice);
      written.deleted(key, slices, slice);
    }
  }

  private Outcome reconcileEndpoints(ObjectKey key) {
    var service = services.get(key);
    var existing = endpoints.get(key);
    if (service.isEmpty()) {
      existing.filter(EndpointsController::isOurs).ifPresent(endpointsWriter::delete);
      return Outcome.DONE;
    }
    if (isKept(service.get())) {
      EndpointsObject.missing(service.get(), pods.list(key.namespace()), existing)
          .ifPresent(this::write);
    }
    return Outcome.DONE;
  }

  private static boolean isOurs(Endpoints object) {
    return object.getMetadata().getLabels().containsKey("endpoints.kubernetes.io/managed-by");
  }

  private void write(Endpoints object) {
    if (object.getMetadata().getResourceVersion() != null) {
      endpointsWriter.replace(object);
      return;
    }
    try {
      endpointsWriter.create(object);
    } catch (KubernetesClientException e) {
      // A namespace that is being removed takes nothing new.
      if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
        throw e;
      }
    }
  }
}
