package io.ordinal.server.builtin;

import io.ordinal.server.registry.Registry;
import io.ordinal.server.tree.Json;
import io.ordinal.server.tree.Tree;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// The objects that every cluster has from its first moment: namespaces, priority classes, and the
/// Service by which pods find the API server. Where it leads is said by whoever knows the network.
final class Beginning {
  private static final List<String> NAMESPACES =
      List.of("default", "kube-system", "kube-public", "kube-node-lease");
  private static final String NAMESPACE = "default";

  private final Registry registry;
  private final String serviceAddress;

  Beginning(Registry registry, String serviceAddress) {
    this.registry = registry;
    this.serviceAddress = serviceAddress;
  }

  void ensure() {
    for (var name : NAMESPACES) ensure("", "namespaces", "", object("v1", "Namespace", name));
    priority("system-cluster-critical", 2_000_000_000, "cluster");
    priority("system-node-critical", 2_000_001_000, "node");
    ensure("", "services", NAMESPACE, service());
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
                "ports": [{"name": "https", "protocol": "TCP", "port": 443, "targetPort": 6443}]}}
            """);
    Tree.make(service, "spec").put("clusterIP", serviceAddress);
    return service;
  }

  private static ObjectNode object(String apiVersion, String kind, String name) {
    var object = Tree.object("apiVersion", apiVersion).put("kind", kind);
    object.putObject("metadata").put("name", name);
    return object;
  }

  private void ensure(String group, String resource, String namespace, ObjectNode object) {
    registry.ensure(registry.kinds().get(group, resource), namespace, object, BuiltIn.API_SERVER);
  }
}
