package io.ordinal.server.validation;

import io.ordinal.server.tree.Tree;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Services. That addresses and node ports are in range and free is seen when they are allocated.
public final class ServiceRules {
  private static final List<String> TYPES =
      List.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
  private static final List<String> PROTOCOLS = List.of("TCP", "UDP", "SCTP");
  private static final List<String> POLICIES = List.of("Cluster", "Local");
  private static final int LONGEST_AFFINITY = 86_400;

  private ServiceRules() {}

  /// Checks a service that is already defaulted.
  public static void check(ObjectNode service, @Nullable ObjectNode old, FieldErrors errors) {
    var spec = Tree.make(service, "spec");
    var type = Tree.text(spec, "type");
    Checks.requiredOneOf(spec, "type", TYPES, FieldPath.SPEC, errors);
    if (type.equals("ExternalName")) externalName(spec, errors);
    else if (Tree.objects(spec, "ports").isEmpty() && !isHeadless(spec)) {
      errors.required(FieldPath.SPEC.child("ports"), "");
    }
    ports(spec, type, errors);
    Checks.labels(Tree.textMap(spec, "selector"), FieldPath.SPEC.child("selector"), errors);
    affinity(spec, errors);
    addresses(spec, type, errors);
    traffic(spec, type, errors);
    balancer(spec, type, errors);
    if (old != null) change(spec, Tree.find(old, "spec"), errors);
  }

  private static boolean isHeadless(ObjectNode spec) {
    return Tree.text(spec, "clusterIP").equals("None");
  }

  private static void externalName(ObjectNode spec, FieldErrors errors) {
    var at = FieldPath.SPEC.child("clusterIPs");
    if (!Tree.text(spec, "clusterIP").isEmpty() || !Tree.texts(spec, "clusterIPs").isEmpty()) {
      errors.forbidden(at, "may not be set for ExternalName services");
    }
    var name = Tree.text(spec, "externalName");
    if (name.isEmpty()) errors.required(FieldPath.SPEC.child("externalName"), "");
    else {
      var withoutRoot = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
      Checks.subdomain(withoutRoot, FieldPath.SPEC.child("externalName"), errors);
    }
  }

  private static void ports(ObjectNode spec, String type, FieldErrors errors) {
    var ports = Tree.objects(spec, "ports");
    var names = new HashSet<String>();
    var numbers = new HashSet<String>();
    var nodePorts = new HashSet<String>();
    for (var i = 0; i < ports.size(); i++) {
      var port = ports.get(i);
      var at = FieldPath.SPEC.child("ports").index(i);
      name(port, ports.size() > 1, names, at, errors);
      var number = Tree.number(0, port, "port");
      Checks.port(number, at.child("port"), errors);
      Checks.requiredOneOf(port, "protocol", PROTOCOLS, at, errors);
      Checks.portOrName(Tree.at(port, "targetPort"), at.child("targetPort"), errors);
      var application = Tree.text(port, "appProtocol");
      if (!application.isEmpty()) Checks.qualified(application, at.child("appProtocol"), errors);
      var protocol = Tree.text(port, "protocol");
      if (!numbers.add(protocol + "/" + number)) {
        errors.duplicate(at, Tree.object("protocol", protocol).put("port", number));
      }
      nodePort(port, type, nodePorts, at.child("nodePort"), errors);
      if (type.equals("LoadBalancer") && number == 10_250) {
        errors.invalid(
            at, number, "may not expose port 10250 externally since it is used by kubelet");
      }
    }
  }

  private static void name(
      ObjectNode port, boolean several, Set<String> names, FieldPath path, FieldErrors errors) {
    var name = Tree.text(port, "name");
    if (name.isEmpty()) {
      if (several) errors.required(path.child("name"), "");
      return;
    }
    Checks.label(name, path.child("name"), errors);
    if (!names.add(name)) errors.duplicate(path.child("name"), name);
  }

  private static void nodePort(
      ObjectNode port, String type, Set<String> taken, FieldPath path, FieldErrors errors) {
    var number = Tree.number(0, port, "nodePort");
    if (number == 0) return;
    if (type.equals("ClusterIP") || type.equals("ExternalName")) {
      errors.forbidden(path, "may not be used when `type` is '" + type + "'");
    }
    if (!taken.add(Tree.text(port, "protocol") + "/" + number)) errors.duplicate(path, number);
  }

  private static void affinity(ObjectNode spec, FieldErrors errors) {
    Checks.requiredOneOf(
        spec, "sessionAffinity", List.of("ClientIP", "None"), FieldPath.SPEC, errors);
    var config = FieldPath.SPEC.child("sessionAffinityConfig");
    if (!Tree.text(spec, "sessionAffinity").equals("ClientIP")) {
      if (Tree.has(spec, "sessionAffinityConfig")) {
        errors.forbidden(config, "must not be set when session affinity is None");
      }
      return;
    }
    var seconds = Tree.number(1, spec, "sessionAffinityConfig", "clientIP", "timeoutSeconds");
    if (seconds <= 0 || seconds > LONGEST_AFFINITY) {
      errors.invalid(
          config.child("clientIP").child("timeoutSeconds"),
          seconds,
          "must be greater than 0 and less than " + LONGEST_AFFINITY);
    }
  }

  private static void addresses(ObjectNode spec, String type, FieldErrors errors) {
    var path = FieldPath.SPEC.child("clusterIPs");
    var list = Tree.texts(spec, "clusterIPs");
    for (var i = 0; i < list.size(); i++) {
      var address = list.get(i);
      if (!address.equals("None")) Checks.ip(address, path.index(i), errors);
      else if (i > 0)
        errors.invalid(path.index(i), address, "'None' must be the first and only value");
    }
    var first = Tree.text(spec, "clusterIP");
    if (!list.isEmpty() && !list.getFirst().equals(first)) {
      errors.invalid(path, Tree.at(spec, "clusterIPs"), "first value must match `clusterIP`");
    }
    if (isHeadless(spec) && (type.equals("LoadBalancer") || type.equals("NodePort"))) {
      errors.invalid(path.index(0), first, "may not be set to 'None' for " + type + " services");
    }
    var external = Tree.texts(spec, "externalIPs");
    for (var i = 0; i < external.size(); i++) {
      Checks.ip(external.get(i), FieldPath.SPEC.child("externalIPs").index(i), errors);
    }
    for (var family : Tree.texts(spec, "ipFamilies")) {
      if (!List.of("IPv4", "IPv6").contains(family)) {
        errors.unsupported(FieldPath.SPEC.child("ipFamilies"), family, List.of("IPv4", "IPv6"));
      }
    }
    Checks.oneOf(
        spec,
        "ipFamilyPolicy",
        List.of("PreferDualStack", "RequireDualStack", "SingleStack"),
        FieldPath.SPEC,
        errors);
  }

  private static void traffic(ObjectNode spec, String type, FieldErrors errors) {
    for (var field : List.of("internalTrafficPolicy", "externalTrafficPolicy")) {
      Checks.oneOf(spec, field, POLICIES, FieldPath.SPEC, errors);
    }
    Checks.oneOf(
        spec,
        "trafficDistribution",
        List.of("PreferClose", "PreferSameNode", "PreferSameZone"),
        FieldPath.SPEC,
        errors);
    var external = Tree.text(spec, "externalTrafficPolicy");
    var reachable =
        type.equals("LoadBalancer")
            || type.equals("NodePort")
            || (type.equals("ClusterIP") && !Tree.texts(spec, "externalIPs").isEmpty());
    if (!external.isEmpty() && !reachable) {
      errors.invalid(
          FieldPath.SPEC.child("externalTrafficPolicy"),
          external,
          "may only be set for externally-accessible services");
    }
    var check = Tree.number(0, spec, "healthCheckNodePort");
    if (check != 0 && !(type.equals("LoadBalancer") && external.equals("Local"))) {
      errors.invalid(
          FieldPath.SPEC.child("healthCheckNodePort"),
          check,
          "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");
    }
  }

  private static void balancer(ObjectNode spec, String type, FieldErrors errors) {
    var ranges = Tree.texts(spec, "loadBalancerSourceRanges");
    for (var i = 0; i < ranges.size(); i++) {
      Checks.cidr(
          ranges.get(i).strip(), FieldPath.SPEC.child("loadBalancerSourceRanges").index(i), errors);
    }
    if (type.equals("LoadBalancer")) return;
    var fields =
        List.of("loadBalancerSourceRanges", "loadBalancerClass", "allocateLoadBalancerNodePorts");
    for (var field : Checks.present(spec, fields)) {
      errors.forbidden(
          FieldPath.SPEC.child(field), "may only be used when `type` is 'LoadBalancer'");
    }
  }

  /// A set address stays; [io.ordinal.server.kinds] keeps what an update does not mention.
  private static void change(ObjectNode spec, @Nullable ObjectNode was, FieldErrors errors) {
    var type = Tree.text(spec, "type");
    var external = type.equals("ExternalName") || Tree.text(was, "type").equals("ExternalName");
    var before = Tree.text(was, "clusterIP");
    if (!external && !before.isEmpty() && !before.equals(Tree.text(spec, "clusterIP"))) {
      errors.invalid(
          FieldPath.SPEC.child("clusterIPs").index(0),
          Tree.at(spec, "clusterIPs"),
          "may not change once set");
    }
    var balances = type.equals("LoadBalancer") && Tree.text(was, "type").equals("LoadBalancer");
    var now = Tree.at(spec, "loadBalancerClass");
    if (balances && !Tree.same(now, Tree.at(was, "loadBalancerClass"))) {
      errors.invalid(FieldPath.SPEC.child("loadBalancerClass"), now, "may not change once set");
    }
  }
}
