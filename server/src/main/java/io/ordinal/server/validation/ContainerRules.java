package io.ordinal.server.validation;

import io.ordinal.server.tree.Tree;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// The containers of one pod.
final class ContainerRules {
  private static final List<String> PULL_POLICIES = List.of("Always", "IfNotPresent", "Never");
  private static final List<String> PROTOCOLS = List.of("TCP", "UDP", "SCTP");
  private static final List<String> PROBES =
      List.of("livenessProbe", "readinessProbe", "startupProbe");

  private final ObjectNode spec;
  private final FieldPath path;
  private final Set<String> volumes;
  private final FieldErrors errors;
  private final Set<String> names = new HashSet<>();
  private final Set<String> hostPorts = new HashSet<>();

  /// @param volumes the names that mounts may use
  ContainerRules(ObjectNode spec, FieldPath path, Set<String> volumes, FieldErrors errors) {
    this.spec = spec;
    this.path = path;
    this.volumes = volumes;
    this.errors = errors;
  }

  void check() {
    var containers = Tree.objects(spec, "containers");
    if (containers.isEmpty()) errors.required(path.child("containers"), "");
    for (var i = 0; i < containers.size(); i++) {
      var at = path.child("containers").index(i);
      container(containers.get(i), at);
      ProbeRules.check(containers.get(i), at, errors);
    }
    hostPorts.clear();
    var before = Tree.objects(spec, "initContainers");
    for (var i = 0; i < before.size(); i++) {
      var at = path.child("initContainers").index(i);
      container(before.get(i), at);
      initContainer(before.get(i), at);
      hostPorts.clear();
    }
    var debugging = Tree.objects(spec, "ephemeralContainers");
    for (var i = 0; i < debugging.size(); i++) {
      container(debugging.get(i), path.child("ephemeralContainers").index(i));
    }
  }

  /// Only one that goes on running beside the others can be probed.
  private void initContainer(ObjectNode container, FieldPath at) {
    if (Tree.text(container, "restartPolicy").equals("Always")) {
      ProbeRules.check(container, at, errors);
      return;
    }
    Checks.present(container, PROBES).forEach(probe -> withoutRestart(at.child(probe)));
    if (Tree.has(container, "lifecycle")) withoutRestart(at.child("lifecycle"));
  }

  private void withoutRestart(FieldPath at) {
    errors.forbidden(at, "may not be set for init containers without restartPolicy=Always");
  }

  private void container(ObjectNode container, FieldPath at) {
    name(container, at);
    image(container, at);
    Checks.oneOf(container, "restartPolicy", List.of("Always", "OnFailure", "Never"), at, errors);
    Checks.requiredOneOf(container, "imagePullPolicy", PULL_POLICIES, at, errors);
    Checks.requiredOneOf(
        container,
        "terminationMessagePolicy",
        List.of("File", "FallbackToLogsOnError"),
        at,
        errors);
    ports(container, at.child("ports"));
    EnvRules.check(container, at, errors);
    MountRules.check(container, spec, volumes, at, errors);
    ResourceRules.check(Tree.find(container, "resources"), at.child("resources"), errors);
    SecurityRules.container(container, at, errors);
  }

  private void name(ObjectNode container, FieldPath at) {
    var name = Checks.required(container, "name", at, errors);
    if (name.isEmpty()) return;
    Checks.label(name, at.child("name"), errors);
    if (!names.add(name)) errors.duplicate(at.child("name"), name);
  }

  private void image(ObjectNode container, FieldPath at) {
    var image = Checks.required(container, "image", at, errors);
    if (!image.equals(image.strip())) {
      errors.invalid(at.child("image"), image, "must not have leading or trailing whitespace");
    }
  }

  private void ports(ObjectNode container, FieldPath at) {
    var ports = Tree.objects(container, "ports");
    var portNames = new HashSet<String>();
    for (var i = 0; i < ports.size(); i++) {
      var port = ports.get(i);
      var here = at.index(i);
      var name = Tree.text(port, "name");
      if (!name.isEmpty()) {
        Checks.portName(name, here.child("name"), errors);
        if (!portNames.add(name)) errors.duplicate(here.child("name"), name);
      }
      var number = Tree.number(0, port, "containerPort");
      if (number == 0) errors.required(here.child("containerPort"), "");
      else Checks.port(number, here.child("containerPort"), errors);
      Checks.requiredOneOf(port, "protocol", PROTOCOLS, here, errors);
      var hostIp = Tree.text(port, "hostIP");
      if (!hostIp.isEmpty()) Checks.ip(hostIp, here.child("hostIP"), errors);
      hostPort(port, number, here);
    }
  }

  private void hostPort(ObjectNode port, long containerPort, FieldPath at) {
    var number = Tree.number(0, port, "hostPort");
    if (Tree.flag(spec, "hostNetwork") && number != 0 && number != containerPort) {
      errors.invalid(
          at.child("containerPort"),
          containerPort,
          "must match `hostPort` when `hostNetwork` is true");
    }
    if (number == 0) return;
    Checks.port(number, at.child("hostPort"), errors);
    var taken = Tree.text(port, "protocol") + "/" + Tree.text(port, "hostIP") + "/" + number;
    if (!hostPorts.add(taken)) errors.duplicate(at.child("hostPort"), taken);
  }
}
