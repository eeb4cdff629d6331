package io.ordinal.controllers.endpoints;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.ordinal.kube.NodeSelectors;
import io.ordinal.kube.Pods;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One pod as a backend of one service.
record Backend(Service service, Pod pod) {

  /// A port of the service as this pod offers it.
  record Port(String name, int port, String protocol, @Nullable String appProtocol) {}

  /// The pods of the service's namespace that its selector chooses and that can answer at all.
  static List<Backend> of(Service service, List<Pod> pods) {
    var selector = service.getSpec().getSelector();
    return pods.stream()
        .filter(p -> NodeSelectors.containsAll(p.getMetadata().getLabels(), selector))
        .filter(p -> !Pods.isTerminal(p) && hasAddress(p))
        .map(p -> new Backend(service, p))
        .toList();
  }

  private static boolean hasAddress(Pod pod) {
    return pod.getStatus() != null
        && pod.getStatus().getPodIP() != null
        && !pod.getStatus().getPodIP().isEmpty();
  }

  static boolean isHeadless(Service service) {
    return "None".equals(service.getSpec().getClusterIP());
  }

  /// The pod's address of a family, `IPv4` or `IPv6`.
  Optional<String> address(String family) {
    return Stream.concat(
            pod.getStatus().getPodIPs().stream().map(ip -> ip.getIp()),
            Stream.of(pod.getStatus().getPodIP()))
        .filter(ip -> ip.contains(":") == family.equals("IPv6"))
        .findFirst();
  }

  boolean isServing() {
    return Pods.isReady(pod);
  }

  boolean isTerminating() {
    return Pods.isTerminating(pod);
  }

  boolean publishesNotReady() {
    return Boolean.TRUE.equals(service.getSpec().getPublishNotReadyAddresses());
  }

  /// A pod has a name of its own in the service when it asks for one and names the service as its
  /// subdomain; that is what the pods of a StatefulSet do.
  Optional<String> hostname() {
    String hostname = pod.getSpec().getHostname();
    return hostname != null
            && !hostname.isEmpty()
            && service.getMetadata().getName().equals(pod.getSpec().getSubdomain())
        ? Optional.of(hostname)
        : Optional.empty();
  }

  ObjectReference reference() {
    return new ObjectReferenceBuilder()
        .withKind("Pod")
        .withNamespace(pod.getMetadata().getNamespace())
        .withName(pod.getMetadata().getName())
        .withUid(pod.getMetadata().getUid())
        .build();
  }

  /// The service's ports as this pod has them: a named target port is looked up in its containers,
  /// and one that it does not have is left out.
  List<Port> ports() {
    List<Port> ports = new ArrayList<>();
    for (ServicePort port : service.getSpec().getPorts()) {
      String protocol = port.getProtocol() == null ? "TCP" : port.getProtocol();
      target(port, protocol)
          .ifPresent(number ->
              ports.add(
                  new Port(
                      port.getName() == null ? "" : port.getName(),
                      number,
                      protocol,
                      port.getAppProtocol())));
    }
    return ports;
  }

  private Optional<Integer> target(ServicePort port, String protocol) {
    IntOrString target = port.getTargetPort();
    if (target == null) {
      return Optional.of(port.getPort());
    }
    if (target.getStrVal() == null) {
      Integer number = target.getIntVal();
      return Optional.of(number == null || number == 0 ? port.getPort() : number);
    }
    return containers()
        .flatMap(c -> c.getPorts().stream())
        .filter(p -> target.getStrVal().equals(p.getName()))
        .filter(p -> protocol.equals(p.getProtocol() == null ? "TCP" : p.getProtocol()))
        .map(ContainerPort::getContainerPort)
        .findFirst();
  }

  private Stream<Container> containers() {
    return Stream.concat(
        pod.getSpec().getContainers().stream(),
        pod.getSpec().getInitContainers().stream()
            .filter(c -> "Always".equals(c.getRestartPolicy())));
  }
}
