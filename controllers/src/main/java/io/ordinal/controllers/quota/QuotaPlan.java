package io.ordinal.controllers.quota;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaStatus;
import io.fabric8.kubernetes.api.model.ResourceQuotaStatusBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.ordinal.controllers.volume.Claims;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The status of a quota, computed from what is in its namespace.
///
/// @param lookAgain how long until a pod on a lost node stops to count
record QuotaPlan(ResourceQuotaStatus status, Optional<Duration> lookAgain) {
  private static final String STORAGE = "requests.storage";
  private static final String OF_CLASS = ".storageclass.storage.k8s.io/";

  /// What is in a namespace.
  ///
  /// @param numbers of the objects of other kinds
  record Contents(
      List<Pod> pods,
      List<Service> services,
      List<PersistentVolumeClaim> claims,
      Map<Counted, Integer> numbers) {}

  static QuotaPlan of(ResourceQuota quota, Contents contents, Instant now) {
    var hard = hard(quota);
    var scopes = QuotaScope.of(quota);
    var usage = new Usage();
    List<Pod> pods =
        contents.pods.stream()
            .filter(pod -> scopes.stream().allMatch(scope -> scope.covers(pod)))
            .toList();
    pods.forEach(pod -> PodUsage.add(pod, now, usage));
    contents.claims.stream()
        .filter(claim -> scopes.stream().allMatch(scope -> scope.covers(claim)))
        .forEach(claim -> add(claim, usage));
    if (scopes.isEmpty()) {
      contents.services.forEach(service -> add(service, usage));
      for (String resource : hard.keySet()) {
        Counted.of(resource)
            .ifPresent(
                kind -> usage.add(resource, Amount.of(contents.numbers.getOrDefault(kind, 0))));
      }
    }
    var status =
        new ResourceQuotaStatusBuilder().withHard(hard).withUsed(usage.of(hard.keySet())).build();
    return new QuotaPlan(status, nextEnd(pods, now));
  }

  static Map<String, Quantity> hard(ResourceQuota quota) {
    return Objects.requireNonNullElse(quota.getSpec().getHard(), Map.of());
  }

  private static Optional<Duration> nextEnd(List<Pod> pods, Instant now) {
    return pods.stream()
        .flatMap(pod -> PodUsage.end(pod).stream())
        .filter(end -> !end.isBefore(now))
        .min(Instant::compareTo)
        .map(end -> Duration.between(now, end).plusMillis(1));
  }

  private static void add(Service service, Usage usage) {
    String type = Objects.requireNonNullElse(service.getSpec().getType(), "ClusterIP");
    usage.add("services", Amount.ONE);
    usage.add("count/services", Amount.ONE);
    usage.add("services.loadbalancers", Amount.of(type.equals("LoadBalancer") ? 1 : 0));
    usage.add("services.nodeports", Amount.of(nodePorts(service, type)));
  }

  private static long nodePorts(Service service, String type) {
    var ports = service.getSpec().getPorts();
    return switch (type) {
      case "NodePort" -> ports.size();
      case "LoadBalancer" ->
          Boolean.FALSE.equals(service.getSpec().getAllocateLoadBalancerNodePorts())
              ? ports.stream().filter(p -> p.getNodePort() != null && p.getNodePort() != 0).count()
              : ports.size();
      default -> 0;
    };
  }

  private static void add(PersistentVolumeClaim claim, Usage usage) {
    Amount storage = storage(claim);
    usage.add("persistentvolumeclaims", Amount.ONE);
    usage.add("count/persistentvolumeclaims", Amount.ONE);
    usage.add(STORAGE, storage);
    String storageClass = Claims.className(claim);
    if (!storageClass.isEmpty()) {
      usage.add(storageClass + OF_CLASS + "persistentvolumeclaims", Amount.ONE);
      usage.add(storageClass + OF_CLASS + STORAGE, storage);
    }
  }

  private static Amount storage(PersistentVolumeClaim claim) {
    var resources = claim.getSpec().getResources();
    Amount asked = wholeBytes(resources == null ? null : resources.getRequests());
    var status = claim.getStatus();
    return asked.max(wholeBytes(status == null ? null : status.getAllocatedResources()));
  }

  private static Amount wholeBytes(@Nullable Map<String, Quantity> quantities) {
    Quantity quantity = quantities == null ? null : quantities.get("storage");
    if (quantity == null) {
      return Amount.ZERO;
    }
    Amount amount = Amount.of(quantity);
    return new Amount(amount.value().setScale(0, RoundingMode.CEILING), amount.binary());
  }
}
