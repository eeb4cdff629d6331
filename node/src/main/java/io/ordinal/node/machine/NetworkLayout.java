package io.ordinal.node.machine;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The addresses of one Ordinal: a value, computed before anything is touched.
///
/// The pod range is a /16. Its first /24 holds the nodes' own addresses, the following ones are the
/// pods of node 1, 2, …: for 10.100.0.0/16, node 2 is 10.100.0.2, its pods are in 10.100.2.0/24,
/// and its bridge is 10.100.2.1.
///
/// @param footprint names on the machine
/// @param domain of the cluster, `cluster.local`
/// @param pods the range of all pods and nodes
/// @param services the range of ClusterIPs
/// @param nodes in order
public record NetworkLayout(
    Footprint footprint, String domain, Cidr pods, Cidr services, List<NodeLink> nodes) {
  /// More would not fit into a /16 of /24 ranges.
  public static final int MOST_NODES = 255;

  public NetworkLayout {
    nodes = List.copyOf(nodes);
  }

  /// Lays out the named nodes in a /16.
  public static NetworkLayout of(
      Footprint footprint, String domain, Cidr pods, Cidr services, List<String> names) {
    if (pods.prefix() != 16 || names.isEmpty() || names.size() > MOST_NODES) {
      throw new IllegalArgumentException(
          "a pod range of /16 and 1 to "
              + MOST_NODES
              + " nodes are wanted, not "
              + pods
              + " and "
              + names.size());
    }
    var links =
        IntStream.rangeClosed(1, names.size())
            .mapToObj(i -> {
              var podCidr = pods.part(i, 24);
              return new NodeLink(
                  names.get(i - 1),
                  footprint.bridge(i),
                  podCidr,
                  podCidr.address(1),
                  pods.address(i));
            })
            .toList();
    return new NetworkLayout(footprint, domain, pods, services, links);
  }

  /// The ClusterIP of `kubernetes.default`.
  public Ipv4 apiClusterIp() {
    return services.address(1);
  }

  /// The ClusterIP of the cluster's DNS.
  public Ipv4 dnsClusterIp() {
    return services.address(10);
  }

  public Optional<NodeLink> node(String name) {
    return nodes.stream().filter(link -> link.node().equals(name)).findFirst();
  }
}
