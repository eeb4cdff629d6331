package io.ordinal.server.builtin;

import io.ordinal.server.registry.Registry;
import io.ordinal.server.tree.Json;
import io.ordinal.server.tree.Tree;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// The objects that every cluster has from its first moment: namespaces, priority classes, and the
/// Service by which pods find the API server.
final class Beginning {
  private static final List<String> NAMESPACES =
      List.of("default", "kube-system", "kube-public", "kube-node-lease");
  private static final String SELF = "kubernetes";
  private static final String NAMESPACE = "default";

  private final Registry registry;
  private final String serviceAddress;
  private final ApiAddress self;

  Beginning(Registry registry, String serviceAddress, ApiAddress self) {
    this.registry = registry;
    this.serviceAddress = serviceAddress;
    this.self = self;
  }

  void ensure() {
    for (var name : NAMESPACES) ensure("", "namespaces", "", object("v1", "Namespace", name));
    priority("system-cluster-critical", 2_000_000_000, "cluster");
    priority("system-node-critical", 2_000_001_000, "node");
    ensure("", "services", NAMESPACE, service());
    if (!self.isReachable()) return;
    replace("", "endpoints", endpoints());
    replace("discovery.k8s.io", "endpointslices", slice());
  }

  private void priority(String name, int value, String critical) {
    var priority = object("scheduling.k8s.io/v1", "PriorityClass", name).put("value", value);
    priority.put(
        "description",
        critical.equals("node")
            ? "Used for system critical pods that must not be moved from their current node."
            : "Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.");
    ensure("scheduling.k8s.io", "priorityclasses", "", priority);
  }

  private ObjectNode service() {
    var service =
        Json.parse(
            """
            {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "kubernetes",
                "labels": {"component": "apiserver", "provider": "kubernetes"}},
             "spec": {"type": "ClusterIP", "sessionAffinity": "None",
                "ports": [{"name": "https", "protocol": "TCP", "port": 443}]}}
            """);
    Tree.make(service, "spec").put("clusterIP", serviceAddress);
    Tree.objects(service, "spec", "ports").getFirst().put("targetPort", self.port());
    return service;
  }

  private ObjectNode endpoints() {
    var endpoints = object("v1", "Endpoints", SELF);
    Tree.make(endpoints, "metadata", "labels")
        .put("endpointslice.kubernetes.io/skip-mirror", "true");
    var subset = endpoints.putArray("subsets").addObject();
    subset.putArray("addresses").addObject().put("ip", self.ip());
    subset
        .putArray("ports")
        .addObject()
        .put("name", "https")
        .put("port", self.port())
        .put("protocol", "TCP");
    return endpoints;
  }

  private ObjectNode slice() {
    var slice = object("discovery.k8s.io/v1", "EndpointSlice", SELF).put("addressType", "IPv4");
    Tree.make(slice, "metadata", "labels").put("kubernetes.io/service-name", SELF);
    var endpoint = slice.putArray("endpoints").addObject();
    endpoint.putArray("addresses").add(self.ip());
    endpoint.putObject("conditions").put("ready", true);
    slice
        .putArray("ports")
        .addObject()
        .put("name", "https")
        .put("port", self.port())
        .put("protocol", "TCP");
    return slice;
  }

  private static ObjectNode object(String apiVersion, String kind, String name) {
    var object = Tree.object("apiVersion", apiVersion).put("kind", kind);
    object.putObject("metadata").put("name", name);
    return object;
  }

  private void ensure(String group, String resource, String namespace, ObjectNode object) {
    registry.ensure(registry.kinds().get(group, resource), namespace, object, BuiltIn.API_SERVER);
  }

  /// The address may have changed since the last start.
  private void replace(String group, String resource, ObjectNode object) {
    registry.put(registry.kinds().get(group, resource), NAMESPACE, object, BuiltIn.API_SERVER);
  }
}
