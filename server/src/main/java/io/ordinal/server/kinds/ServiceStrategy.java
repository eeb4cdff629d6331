package io.ordinal.server.kinds;

import static io.ordinal.server.registry.Strategy.textAt;
import static io.ordinal.server.tree.Tree.otherwise;

import io.ordinal.server.registry.Kind;
import io.ordinal.server.registry.Reservation;
import io.ordinal.server.registry.Strategy;
import io.ordinal.server.registry.TableColumn;
import io.ordinal.server.registry.Trait;
import io.ordinal.server.tree.Tree;
import io.ordinal.server.validation.FieldErrors;
import io.ordinal.server.validation.Names;
import io.ordinal.server.validation.ServiceRules;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Services: they get a cluster address and node ports that nobody else has (contract K, N2).
final class ServiceStrategy implements Strategy {
  private static final int AFFINITY_SECONDS = 10_800;

  private final ServiceAddresses addresses;

  ServiceStrategy(ServiceAddresses addresses) {
    this.addresses = addresses;
  }

  @Override
  public Set<Trait> traits() {
    return EnumSet.of(Trait.CREATED_BY_UPDATE, Trait.DELETE_ANSWERS_OBJECT);
  }

  @Override
  public String checkName(String name) {
    return Names.isLabel(name) ? "" : Names.LABEL_RULE;
  }

  @Override
  public void prepareNew(ObjectNode service) {
    service.set("status", Tree.object().set("loadBalancer", Tree.object()));
  }

  /// What was allocated and is not mentioned stays.
  @Override
  public void prepareChange(ObjectNode service, ObjectNode old) {
    var spec = Tree.make(service, "spec");
    var was = Tree.make(old, "spec");
    dropOfOtherType(spec, was);
    if (isExternal(spec) || isExternal(was)) return;
    if (Tree.text(spec, "clusterIP").isEmpty() && Tree.texts(spec, "clusterIPs").isEmpty()) {
      for (var field : List.of("clusterIP", "clusterIPs")) Tree.carry(field, was, spec);
    }
    for (var field : List.of("ipFamilies", "ipFamilyPolicy")) {
      if (!Tree.has(spec, field)) Tree.carry(field, was, spec);
    }
    if (wantsNodePorts(spec) && wantsNodePorts(was)) carryNodePorts(spec, was);
  }

  /// What belonged to the old type, and was sent back as it was, goes with it.
  private static void dropOfOtherType(ObjectNode spec, ObjectNode was) {
    if (!wantsNodePorts(spec) && wantsNodePorts(was)) dropNodePorts(spec, was);
    var reachable = List.of("NodePort", "LoadBalancer");
    if (reachable.contains(Tree.text(was, "type"))
        && !reachable.contains(Tree.text(spec, "type"))) {
      dropUnchanged("externalTrafficPolicy", spec, was);
    }
    if (Tree.text(was, "type").equals("LoadBalancer")
        && !Tree.text(spec, "type").equals("LoadBalancer")) {
      for (var field :
          List.of("healthCheckNodePort", "allocateLoadBalancerNodePorts", "loadBalancerClass")) {
        dropUnchanged(field, spec, was);
      }
    }
  }

  private static void dropUnchanged(String field, ObjectNode spec, ObjectNode was) {
    if (Tree.same(spec.get(field), was.get(field))) spec.remove(field);
  }

  private static void dropNodePorts(ObjectNode spec, ObjectNode was) {
    var known =
        Tree.objects(was, "ports").stream()
            .map(port -> Tree.number(0, port, "nodePort"))
            .collect(Collectors.toSet());
    for (var port : Tree.objects(spec, "ports")) {
      if (known.contains(Tree.number(0, port, "nodePort"))) port.remove("nodePort");
    }
  }

  private static void carryNodePorts(ObjectNode spec, ObjectNode was) {
    var known = new HashMap<String, Long>();
    for (var port : Tree.objects(was, "ports")) {
      known.put(Tree.text(port, "name"), Tree.number(0, port, "nodePort"));
    }
    for (var port : Tree.objects(spec, "ports")) {
      var number = known.getOrDefault(Tree.text(port, "name"), 0L);
      if (number != 0 && Tree.number(0, port, "nodePort") == 0) port.put("nodePort", number);
    }
  }

  @Override
  public void defaults(ObjectNode service) {
    var spec = Tree.make(service, "spec");
    otherwise(spec, "type", "ClusterIP");
    otherwise(spec, "sessionAffinity", "None");
    if (Tree.text(spec, "sessionAffinity").equals("ClientIP")) {
      otherwise(
          Tree.make(spec, "sessionAffinityConfig", "clientIP"), "timeoutSeconds", AFFINITY_SECONDS);
    } else spec.remove("sessionAffinityConfig");
    for (var port : Tree.objects(spec, "ports")) {
      otherwise(port, "protocol", "TCP");
      var target = Tree.at(port, "targetPort");
      var none = target == null || target.asString("").isEmpty() || target.asString("").equals("0");
      if (none) Tree.carryAs("port", port, "targetPort", port);
    }
    if (!isExternal(spec)) otherwise(spec, "internalTrafficPolicy", "Cluster");
    switch (Tree.text(spec, "type")) {
      case "LoadBalancer" -> {
        otherwise(spec, "allocateLoadBalancerNodePorts", true);
        otherwise(spec, "externalTrafficPolicy", "Cluster");
      }
      case "NodePort" -> otherwise(spec, "externalTrafficPolicy", "Cluster");
      case "ExternalName" ->
          List.of("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy").forEach(spec::remove);
      default -> {}
    }
    families(spec);
  }

  private static void families(ObjectNode spec) {
    if (isExternal(spec)) return;
    var address = Tree.text(spec, "clusterIP");
    var list = Tree.texts(spec, "clusterIPs");
    if (address.isEmpty() && !list.isEmpty()) spec.put("clusterIP", list.getFirst());
    else if (!address.isEmpty() && list.isEmpty()) spec.putArray("clusterIPs").add(address);
    if (Tree.texts(spec, "ipFamilies").isEmpty()) spec.putArray("ipFamilies").add("IPv4");
    otherwise(spec, "ipFamilyPolicy", "SingleStack");
  }

  @Override
  public void validate(ObjectNode service, @Nullable ObjectNode old, FieldErrors errors) {
    ServiceRules.check(service, old, errors);
  }

  private static boolean isExternal(@Nullable JsonNode spec) {
    return Tree.text(spec, "type").equals("ExternalName");
  }

  static boolean wantsNodePorts(ObjectNode spec) {
    return switch (Tree.text(spec, "type")) {
      case "NodePort" -> true;
      case "LoadBalancer" -> {
        var flag = Tree.at(spec, "allocateLoadBalancerNodePorts");
        yield flag == null || flag.booleanValue(true);
      }
      default -> false;
    };
  }

  @Override
  public Reservation allocate(ObjectNode service, @Nullable ObjectNode old, boolean dryRun) {
    return ServiceAllocation.of(addresses, service, old, dryRun);
  }

  @Override
  public void released(ObjectNode last) {
    ServiceAddresses.addressesOf(last).forEach(addresses::giveBack);
    ServiceAddresses.portsOf(last).forEach(addresses::giveBackPort);
  }

  @Override
  public Map<String, Function<ObjectNode, String>> selectableFields() {
    return Map.of(
        "spec.clusterIP", textAt("spec", "clusterIP"), "spec.type", textAt("spec", "type"));
  }

  @Override
  public List<TableColumn> columns() {
    return ServiceCells.COLUMNS;
  }

  /// The row of the table of kinds.
  static Kind kind(ServiceAddresses addresses) {
    return Kind.namespaced("v1", "Service", "services")
        .called("svc")
        .in("all")
        .withStatus()
        .ruledBy(new ServiceStrategy(addresses));
  }
}
