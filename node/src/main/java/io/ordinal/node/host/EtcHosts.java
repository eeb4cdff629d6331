package io.ordinal.node.host;

import io.fabric8.kubernetes.api.model.Pod;
import io.ordinal.node.NodeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The managed /etc/hosts of a pod (contract M5).
final class EtcHosts {
  private static final String HEADER = "# Kubernetes-managed hosts file.\n";
  private static final String HOST_HEADER = "# Kubernetes-managed hosts file (host network).\n";
  private static final String USUAL =
      """
      127.0.0.1\tlocalhost
      ::1\tlocalhost ip6-localhost ip6-loopback
      fe00::0\tip6-localnet
      fe00::0\tip6-mcastprefix
      fe00::1\tip6-allnodes
      fe00::2\tip6-allrouters
      """;

  private EtcHosts() {}

  static String of(Pod pod, List<String> podIps, NodeConfig config) {
    var text = new StringBuilder();
    if (Boolean.TRUE.equals(pod.getSpec().getHostNetwork())) {
      text.append(HOST_HEADER).append(machines());
    } else {
      text.append(HEADER).append(USUAL);
      podIps.forEach(ip -> text.append(ip).append('\t').append(names(pod, config)).append('\n'));
    }
    aliases(pod, text);
    return text.toString();
  }

  private static String machines() {
    try {
      return Files.readString(Path.of("/etc/hosts"));
    } catch (IOException e) {
      return "127.0.0.1\tlocalhost\n";
    }
  }

  private static String names(Pod pod, NodeConfig config) {
    var hostname = Hostnames.of(pod);
    return Hostnames.domain(pod, config.dns().domain())
        .map(domain -> hostname + "." + domain + "\t" + hostname)
        .orElse(hostname);
  }

  private static void aliases(Pod pod, StringBuilder text) {
    var aliases = pod.getSpec().getHostAliases();
    if (aliases.isEmpty()) {
      return;
    }
    text.append("\n# Entries added by HostAliases.\n");
    aliases.forEach(a ->
        text.append(a.getIp())
            .append('\t')
            .append(String.join("\t", a.getHostnames()))
            .append('\n'));
  }
}
