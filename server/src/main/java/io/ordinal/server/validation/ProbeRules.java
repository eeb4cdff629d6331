package io.ordinal.server.validation;

import io.ordinal.server.tree.Tree;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// A container's probes and hooks.
final class ProbeRules {
  private static final List<String> PROBE_HANDLERS =
      List.of("exec", "httpGet", "tcpSocket", "grpc");
  private static final List<String> HOOK_HANDLERS =
      List.of("exec", "httpGet", "tcpSocket", "sleep");
  private static final Pattern HEADER = Pattern.compile("[-A-Za-z0-9]+");
  private static final String HEADER_RULE =
      "a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')";

  private ProbeRules() {}

  static void check(ObjectNode container, FieldPath path, FieldErrors errors) {
    for (var name : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
      var probe = Tree.find(container, name);
      if (probe != null) probe(probe, name, path.child(name), errors);
    }
    for (var name : List.of("postStart", "preStop")) {
      var hook = Tree.find(container, "lifecycle", name);
      if (hook != null) handler(hook, HOOK_HANDLERS, path.child("lifecycle").child(name), errors);
    }
  }

  private static void probe(ObjectNode probe, String name, FieldPath path, FieldErrors errors) {
    handler(probe, PROBE_HANDLERS, path, errors);
    Checks.notNegative(
        probe,
        path,
        errors,
        "initialDelaySeconds",
        "timeoutSeconds",
        "periodSeconds",
        "successThreshold",
        "failureThreshold");
    var readiness = name.equals("readinessProbe");
    if (!readiness && Tree.number(1, probe, "successThreshold") != 1) {
      errors.invalid(
          path.child("successThreshold"), Tree.at(probe, "successThreshold"), "must be 1");
    }
    var field = "terminationGracePeriodSeconds";
    if (!Tree.has(probe, field)) return;
    var grace = Tree.number(0, probe, field);
    if (readiness) {
      errors.invalid(path.child(field), grace, "must not be set for readinessProbes");
    } else if (grace <= 0) errors.invalid(path.child(field), grace, "must be greater than 0");
  }

  private static void handler(
      ObjectNode holder, List<String> kinds, FieldPath path, FieldErrors errors) {
    var present = Checks.present(holder, kinds);
    if (present.isEmpty()) errors.required(path, "must specify a handler type");
    for (var i = 0; i < present.size(); i++) {
      var kind = present.get(i);
      if (i > 0) errors.forbidden(path.child(kind), "may not specify more than 1 handler type");
      else action(kind, Tree.make(holder, kind), path.child(kind), errors);
    }
  }

  private static void action(String kind, ObjectNode action, FieldPath path, FieldErrors errors) {
    switch (kind) {
      case "exec" -> {
        if (Tree.texts(action, "command").isEmpty()) errors.required(path.child("command"), "");
      }
      case "httpGet" -> httpGet(action, path, errors);
      case "tcpSocket" -> Checks.portOrName(Tree.at(action, "port"), path.child("port"), errors);
      case "grpc" -> Checks.port(Tree.number(0, action, "port"), path.child("port"), errors);
      default -> Checks.notNegative(action, path, errors, "seconds");
    }
  }

  private static void httpGet(ObjectNode action, FieldPath path, FieldErrors errors) {
    Checks.required(action, "path", path, errors);
    Checks.portOrName(Tree.at(action, "port"), path.child("port"), errors);
    Checks.requiredOneOf(action, "scheme", List.of("HTTP", "HTTPS"), path, errors);
    for (var header : Tree.objects(action, "httpHeaders")) {
      var name = Tree.text(header, "name");
      if (!HEADER.matcher(name).matches()) {
        errors.invalid(path.child("httpHeaders"), name, HEADER_RULE);
      }
    }
  }
}
