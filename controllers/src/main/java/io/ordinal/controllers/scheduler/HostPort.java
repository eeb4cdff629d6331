package io.ordinal.controllers.scheduler;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A port of the node that a pod wants for itself.
record HostPort(String address, String protocol, int port) {
  private static final String EVERY_ADDRESS = "0.0.0.0";

  static List<HostPort> of(Pod pod) {
    List<HostPort> ports = new ArrayList<>();
    Stream.concat(
            pod.getSpec().getInitContainers().stream()
                .filter(c -> "Always".equals(c.getRestartPolicy())),
            pod.getSpec().getContainers().stream())
        .flatMap(c -> c.getPorts().stream())
        .filter(p -> p.getHostPort() != null && p.getHostPort() > 0)
        .forEach(p -> ports.add(of(p)));
    return ports;
  }

  private static HostPort of(ContainerPort port) {
    return new HostPort(
        port.getHostIP() == null || port.getHostIP().isEmpty() ? EVERY_ADDRESS : port.getHostIP(),
        port.getProtocol() == null ? "TCP" : port.getProtocol(),
        port.getHostPort());
  }

  /// Two pods cannot both have it: same port and protocol, and addresses that overlap.
  boolean collidesWith(HostPort other) {
    return port == other.port
        && protocol.equals(other.protocol)
        && (address.equals(other.address)
            || address.equals(EVERY_ADDRESS)
            || other.address.equals(EVERY_ADDRESS));
  }
}
