package io.ordinal.node.host;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;

/// What a pod calls itself (contract M3).
final class Hostnames {
  private static final int LONGEST = 63;

  private Hostnames() {}

  /// The hostname without a domain.
  static String of(Pod pod) {
    var spec = pod.getSpec();
    var wanted = spec.getHostname();
    var name = wanted == null || wanted.isEmpty() ? pod.getMetadata().getName() : wanted;
    var cut = name.length() > LONGEST ? name.substring(0, LONGEST) : name;
    return cut.replaceAll("[-.]+$", "");
  }

  /// `subdomain.namespace.svc.domain`, for a pod that has a subdomain.
  static Optional<String> domain(Pod pod, String clusterDomain) {
    var subdomain = pod.getSpec().getSubdomain();
    return subdomain == null || subdomain.isEmpty()
        ? Optional.empty()
        : Optional.of(subdomain + "." + pod.getMetadata().getNamespace() + ".svc." + clusterDomain);
  }

  /// What the sandbox is told: nothing in the machine's network, the full name if the pod wants
  /// that.
  static String ofSandbox(Pod pod, String clusterDomain) {
    var override = pod.getSpec().getHostnameOverride();
    if (override != null && !override.isEmpty()) {
      return override;
    }
    if (Boolean.TRUE.equals(pod.getSpec().getHostNetwork())) {
      return "";
    }
    var full = Boolean.TRUE.equals(pod.getSpec().getSetHostnameAsFQDN());
    return full ? domain(pod, clusterDomain).map(d -> of(pod) + "." + d).orElse(of(pod)) : of(pod);
  }
}
