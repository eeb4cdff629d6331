package io.ordinal.node.network;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPortBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.ordinal.node.machine.Ipv4;
import io.ordinal.node.machine.NetworkLayout;
import java.util.List;
import java.util.Map;

/// The two Services that every cluster has, as objects: `default/kubernetes`, the API, and
/// `kube-system/kube-dns`. Pods reach both through the proxy, as any other Service; behind them
/// stand the gateway addresses of the nodes, where the API server and the DNS listen for pods.
/// Being ordinary objects they keep their ClusterIPs from being given away, and people see them
/// where they expect them.
public final class ClusterServices {
  private ClusterServices() {}

  /// What has to be in the cluster, to be created where it is missing and replaced where it
  /// differs.
  ///
  /// @param apiPort where the API server listens on the gateway addresses
  public static List<HasMetadata> wanted(NetworkLayout layout, int apiPort) {
    var https = port("https", "TCP", 443, apiPort);
    var dns = List.of(port("dns", "UDP", 53, 53), port("dns-tcp", "TCP", 53, 53));
    var api = Map.of("component", "apiserver", "provider", "kubernetes");
    var named =
        Map.of(
            "k8s-app",
            "kube-dns",
            "kubernetes.io/cluster-service",
            "true",
            "kubernetes.io/name",
            "CoreDNS");
    return List.of(
        service("default", "kubernetes", api, layout.apiClusterIp(), List.of(https)),
        slice("default", "kubernetes", layout, List.of(https)),
        service("kube-system", "kube-dns", named, layout.dnsClusterIp(), dns),
        slice("kube-system", "kube-dns", layout, dns));
  }

  private static ServicePort port(String name, String protocol, int port, int target) {
    return new ServicePortBuilder()
        .withName(name)
        .withProtocol(protocol)
        .withPort(port)
        .withNewTargetPort(target)
        .build();
  }

  private static Service service(
      String namespace,
      String name,
      Map<String, String> labels,
      Ipv4 address,
      List<ServicePort> ports) {
    return new ServiceBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .withLabels(labels)
        .endMetadata()
        .withNewSpec()
        .withClusterIP(address.toString())
        .withClusterIPs(address.toString())
        .withPorts(ports)
        .endSpec()
        .build();
  }

  /// Nobody manages this slice but us: without a selector the endpoint controllers leave the
  /// Service alone.
  private static EndpointSlice slice(
      String namespace, String name, NetworkLayout layout, List<ServicePort> ports) {
    return new EndpointSliceBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .addToLabels("kubernetes.io/service-name", name)
        .addToLabels("endpointslice.kubernetes.io/managed-by", "ordinal.io")
        .endMetadata()
        .withAddressType("IPv4")
        .withEndpoints(
            layout.nodes().stream()
                .map(node ->
                    new EndpointBuilder()
                        .withAddresses(node.gateway().toString())
                        .withNodeName(node.node())
                        .withNewConditions()
                        .withReady(true)
                        .endConditions()
                        .build())
                .toList())
        .withPorts(
            ports.stream()
                .map(port ->
                    new EndpointPortBuilder()
                        .withName(port.getName())
                        .withProtocol(port.getProtocol())
                        .withPort(port.getTargetPort().getIntVal())
                        .build())
                .toList())
        .build();
  }
}
