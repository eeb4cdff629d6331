package io.ordinal.node.network;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPortBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.ordinal.node.machine.Cidr;
import io.ordinal.node.machine.Footprint;
import io.ordinal.node.machine.NetworkLayout;
import java.nio.file.Path;
import java.util.List;

/// Objects for tests: small, and as the API would give them.
public final class Some {
  private Some() {}

  /// Two nodes: pods in 10.1.1.0/24 and 10.1.2.0/24, nodes 10.1.0.1 and 10.1.0.2, Services in
  /// 10.2.0.0/16.
  public static NetworkLayout layout() {
    return NetworkLayout.of(
        Footprint.of(Path.of("/data")),
        "cluster.local",
        Cidr.parse("10.1.0.0/16"),
        Cidr.parse("10.2.0.0/16"),
        List.of("node-1", "node-2"));
  }

  /// A Service with one port of that name and number.
  public static Service service(String name, String clusterIp, String port, int number) {
    return new ServiceBuilder()
        .withNewMetadata()
        .withNamespace("default")
        .withName(name)
        .endMetadata()
        .withNewSpec()
        .withClusterIP(clusterIp)
        .withPorts(
            new ServicePortBuilder().withName(port).withProtocol("TCP").withPort(number).build())
        .endSpec()
        .build();
  }

  /// A slice of a Service with these endpoints behind one port.
  public static EndpointSlice slice(
      String service, String port, int number, List<Endpoint> endpoints) {
    return new EndpointSliceBuilder()
        .withNewMetadata()
        .withNamespace("default")
        .withName(service + "-1")
        .addToLabels("kubernetes.io/service-name", service)
        .endMetadata()
        .withAddressType("IPv4")
        .withEndpoints(endpoints)
        .withPorts(
            new EndpointPortBuilder().withName(port).withProtocol("TCP").withPort(number).build())
        .build();
  }

  /// A ready endpoint.
  public static Endpoint endpoint(String address, String node) {
    return new EndpointBuilder()
        .withAddresses(address)
        .withNodeName(node)
        .withNewConditions()
        .withReady(true)
        .withServing(true)
        .withTerminating(false)
        .endConditions()
        .build();
  }

  /// The same with a name of its own, as a pod of a StatefulSet has.
  public static Endpoint named(String address, String node, String hostname) {
    return endpoint(address, node).edit().withHostname(hostname).build();
  }

  /// The same, terminating; `serving` says whether it still answers.
  public static Endpoint leaving(String address, String node, boolean serving) {
    return endpoint(address, node)
        .edit()
        .editConditions()
        .withReady(false)
        .withServing(serving)
        .withTerminating(true)
        .endConditions()
        .build();
  }
}
