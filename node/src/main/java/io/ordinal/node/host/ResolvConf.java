package io.ordinal.node.host;

import io.fabric8.kubernetes.api.model.Pod;
import io.ordinal.node.NodeConfig;
import io.ordinal.node.runtime.SandboxConfig.Dns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/// How a pod resolves names (contract M5).
final class ResolvConf {
  private static final int MOST_SERVERS = 3;
  private static final int MOST_SEARCHES = 32;
  private static final Path MACHINES = Path.of("/etc/resolv.conf");

  private ResolvConf() {}

  static Dns of(Pod pod, NodeConfig.ClusterDns cluster) {
    return of(pod, cluster, machines());
  }

  static Dns of(Pod pod, NodeConfig.ClusterDns cluster, Dns machine) {
    var policy =
        pod.getSpec().getDnsPolicy() == null ? "ClusterFirst" : pod.getSpec().getDnsPolicy();
    boolean host = Boolean.TRUE.equals(pod.getSpec().getHostNetwork());
    boolean wantsCluster =
        policy.equals("ClusterFirstWithHostNet") || (policy.equals("ClusterFirst") && !host);
    var base =
        policy.equals("None")
            ? Dns.NONE
            : wantsCluster && !cluster.servers().isEmpty()
                ? cluster(pod, cluster, machine)
                : machine;
    return withOwn(pod, base);
  }

  private static Dns cluster(Pod pod, NodeConfig.ClusterDns cluster, Dns machine) {
    var domain = cluster.domain();
    var namespace = pod.getMetadata().getNamespace();
    var searches =
        Stream.concat(
                Stream.of(namespace + ".svc." + domain, "svc." + domain, domain),
                machine.searches().stream())
            .distinct()
            .toList();
    return new Dns(cluster.servers(), searches, List.of("ndots:5"));
  }

  private static Dns withOwn(Pod pod, Dns base) {
    var own = pod.getSpec().getDnsConfig();
    if (own == null) {
      return base;
    }
    var servers = Stream.concat(base.servers().stream(), own.getNameservers().stream());
    var searches = Stream.concat(base.searches().stream(), own.getSearches().stream());
    var options = new LinkedHashMap<String, String>();
    base.options().forEach(option -> options.put(option.split(":", 2)[0], option));
    own.getOptions()
        .forEach(option ->
            options.put(
                option.getName(),
                option.getValue() == null
                    ? option.getName()
                    : option.getName() + ":" + option.getValue()));
    return new Dns(
        servers.distinct().limit(MOST_SERVERS).toList(),
        searches.distinct().limit(MOST_SEARCHES).toList(),
        List.copyOf(options.values()));
  }

  private static Dns machines() {
    try {
      return parse(Files.readAllLines(MACHINES));
    } catch (IOException e) {
      return Dns.NONE;
    }
  }

  static Dns parse(List<String> lines) {
    var servers = new ArrayList<String>();
    var options = new ArrayList<String>();
    List<String> searches = List.of();
    for (var line : lines) {
      var words = List.of(line.strip().split("\\s+"));
      var rest = words.subList(1, words.size());
      switch (words.getFirst()) {
        case "nameserver" -> servers.addAll(rest);
        case "search", "domain" -> searches = rest;
        case "options" -> options.addAll(rest);
        default -> {
          // comments and what is not of use here
        }
      }
    }
    return new Dns(servers.stream().limit(MOST_SERVERS).toList(), searches, List.copyOf(options));
  }
}
