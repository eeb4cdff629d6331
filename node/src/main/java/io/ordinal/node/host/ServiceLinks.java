package io.ordinal.node.host;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Variables that tell a container where services are (contract M6): `WEB_SERVICE_HOST`,
/// `WEB_PORT_80_TCP_ADDR`, …
final class ServiceLinks {
  private ServiceLinks() {}

  static Map<String, String> of(Collection<Service> services) {
    var variables = new LinkedHashMap<String, String>();
    services.stream().filter(ServiceLinks::hasAddress).forEach(s -> add(s, variables));
    return variables;
  }

  private static boolean hasAddress(Service service) {
    var address = service.getSpec().getClusterIP();
    return address != null && !address.isEmpty() && !address.equals("None");
  }

  private static void add(Service service, Map<String, String> variables) {
    var name = upper(service.getMetadata().getName());
    var host = service.getSpec().getClusterIP();
    var ports = service.getSpec().getPorts();
    if (ports.isEmpty()) {
      return;
    }
    variables.put(name + "_SERVICE_HOST", host);
    variables.put(name + "_SERVICE_PORT", ports.getFirst().getPort().toString());
    for (var port : ports) {
      if (port.getName() != null && !port.getName().isEmpty()) {
        variables.put(name + "_SERVICE_PORT_" + upper(port.getName()), port.getPort().toString());
      }
    }
    variables.put(name + "_PORT", url(ports.getFirst(), host));
    for (var port : ports) {
      var prefix = name + "_PORT_" + port.getPort() + "_" + protocol(port).toUpperCase(Locale.ROOT);
      variables.put(prefix, url(port, host));
      variables.put(prefix + "_PROTO", protocol(port));
      variables.put(prefix + "_PORT", port.getPort().toString());
      variables.put(prefix + "_ADDR", host);
    }
  }

  private static String url(ServicePort port, String host) {
    return protocol(port) + "://" + host + ":" + port.getPort();
  }

  private static String protocol(ServicePort port) {
    return port.getProtocol() == null ? "tcp" : port.getProtocol().toLowerCase(Locale.ROOT);
  }

  private static String upper(String name) {
    return name.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
