package io.ordinal.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSelector;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Taint;
import io.ordinal.kube.NodeSelectors;
import io.ordinal.kube.PodSum;
import io.ordinal.kube.Taints;
import io.ordinal.node.pod.Failure;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Whether a node takes a pod that was assigned to it (contract M1), beside those it already has.
final class Admission {
  private static final List<String> COUNTED = List.of("cpu", "memory", "ephemeral-storage");

  private static final PodSum<BigDecimal> SUM =
      new PodSum<>(BigDecimal.ZERO, BigDecimal::add, BigDecimal::max);

  private Admission() {}

  /// Why the pod is refused, empty when it is taken.
  static Optional<Failure> refuse(Pod pod, Node node, Collection<Pod> others) {
    return resources(pod, node, others)
        .or(() -> selector(pod, node))
        .or(() -> ports(pod, others))
        .or(() -> taints(pod, node))
        .map(f -> new Failure(f.reason(), "Pod was rejected: " + f.message()));
  }

  private static Optional<Failure> resources(Pod pod, Node node, Collection<Pod> others) {
    var allocatable =
        node.getStatus() == null || node.getStatus().getAllocatable() == null
            ? Map.<String, Quantity>of()
            : node.getStatus().getAllocatable();
    var pods = allocatable.get("pods");
    if (pods != null && others.size() + 1 > pods.getNumericalAmount().intValue()) {
      return Optional.of(
          outOf(
              "pods",
              BigDecimal.ONE,
              BigDecimal.valueOf(others.size()),
              pods.getNumericalAmount()));
    }
    for (var name : COUNTED) {
      var capacity = allocatable.get(name);
      var wanted = request(pod, name);
      if (capacity == null || wanted.signum() == 0) continue;
      var used =
          others.stream().map(p -> request(p, name)).reduce(BigDecimal.ZERO, BigDecimal::add);
      if (used.add(wanted).compareTo(capacity.getNumericalAmount()) > 0) {
        return Optional.of(outOf(name, wanted, used, capacity.getNumericalAmount()));
      }
    }
    return Optional.empty();
  }

  private static Failure outOf(
      String name, BigDecimal wanted, BigDecimal used, BigDecimal capacity) {
    var scale = name.equals("cpu") ? BigDecimal.valueOf(1000) : BigDecimal.ONE;
    return new Failure(
        "OutOf" + name,
        "Node didn't have enough resource: %s, requested: %s, used: %s, capacity: %s"
            .formatted(name, plain(wanted, scale), plain(used, scale), plain(capacity, scale)));
  }

  private static String plain(BigDecimal amount, BigDecimal scale) {
    return amount.multiply(scale).toBigInteger().toString();
  }

  /// What its containers ask for, and what the sandbox itself takes.
  static BigDecimal request(Pod pod, String name) {
    var total = SUM.of(pod, container -> request(container, name));
    var overhead = pod.getSpec().getOverhead();
    return overhead == null || !overhead.containsKey(name)
        ? total
        : total.add(overhead.get(name).getNumericalAmount());
  }

  private static BigDecimal request(Container container, String name) {
    var resources = container.getResources();
    if (resources == null || resources.getRequests() == null) {
      return BigDecimal.ZERO;
    }
    var quantity = resources.getRequests().get(name);
    return quantity == null ? BigDecimal.ZERO : quantity.getNumericalAmount();
  }

  private static Optional<Failure> selector(Pod pod, Node node) {
    var selector = pod.getSpec().getNodeSelector();
    var labels = node.getMetadata().getLabels();
    boolean fits =
        NodeSelectors.containsAll(
                labels == null ? Map.of() : labels, selector == null ? Map.of() : selector)
            && NodeSelectors.matches(required(pod), node);
    return fits
        ? Optional.empty()
        : Optional.of(
            new Failure(
                "NodeAffinity",
                "Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector"));
  }

  private static @Nullable NodeSelector required(Pod pod) {
    var affinity = pod.getSpec().getAffinity();
    return affinity == null || affinity.getNodeAffinity() == null
        ? null
        : affinity.getNodeAffinity().getRequiredDuringSchedulingIgnoredDuringExecution();
  }

  private static Optional<Failure> ports(Pod pod, Collection<Pod> others) {
    var taken = others.stream().flatMap(Admission::hostPorts).toList();
    return hostPorts(pod).anyMatch(port -> taken.stream().anyMatch(other -> clash(port, other)))
        ? Optional.of(
            new Failure(
                "NodePorts",
                "Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports"))
        : Optional.empty();
  }

  static Stream<ContainerPort> hostPorts(Pod pod) {
    return Stream.concat(
            pod.getSpec().getContainers().stream(),
            pod.getSpec().getInitContainers().stream()
                .filter(c -> "Always".equals(c.getRestartPolicy())))
        .flatMap(c -> c.getPorts().stream())
        .filter(port -> port.getHostPort() != null && port.getHostPort() > 0);
  }

  private static boolean clash(ContainerPort a, ContainerPort b) {
    return a.getHostPort().equals(b.getHostPort())
        && protocol(a).equals(protocol(b))
        && (anyIp(a) || anyIp(b) || a.getHostIP().equals(b.getHostIP()));
  }

  private static String protocol(ContainerPort port) {
    return port.getProtocol() == null ? "TCP" : port.getProtocol();
  }

  private static boolean anyIp(ContainerPort port) {
    var ip = port.getHostIP();
    return ip == null || ip.isEmpty() || ip.equals("0.0.0.0");
  }

  private static Optional<Failure> taints(Pod pod, Node node) {
    var taints = node.getSpec() == null ? List.<Taint>of() : node.getSpec().getTaints();
    return Taints.untolerated(taints, pod.getSpec().getTolerations(), Taints.NO_EXECUTE)
        .map(taint ->
            new Failure(
                "TaintToleration",
                "Predicate TaintToleration failed: node(s) had untolerated taint(s)"));
  }
}
