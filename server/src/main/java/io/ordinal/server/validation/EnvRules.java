package io.ordinal.server.validation;

import io.ordinal.server.tree.Tree;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// A container's environment, and the references to fields and keys that others use too.
final class EnvRules {
  private static final Pattern NAME = Pattern.compile("[ -<>-~]+");
  private static final String NAME_RULE =
      "a valid environment variable name must consist only of printable ASCII characters other than '='";
  private static final List<String> SOURCES =
      List.of("fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef");
  private static final Set<String> FIELDS =
      Set.of(
          "metadata.name",
          "metadata.namespace",
          "metadata.uid",
          "spec.nodeName",
          "spec.serviceAccountName",
          "status.hostIP",
          "status.hostIPs",
          "status.podIP",
          "status.podIPs");
  private static final Pattern SUBSCRIPT =
      Pattern.compile("metadata\\.(labels|annotations)\\['(.*)'\\]");
  private static final Set<String> RESOURCES =
      Set.of(
          "limits.cpu",
          "limits.ephemeral-storage",
          "limits.memory",
          "requests.cpu",
          "requests.ephemeral-storage",
          "requests.memory");
  private static final Pattern HUGE_PAGES = Pattern.compile("(limits|requests)\\.hugepages-.+");
  private static final Pattern KEY = Pattern.compile("[-._a-zA-Z0-9]{1,253}");
  private static final String KEY_RULE =
      "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";
  private static final String ONE_ONLY = "may not have more than one field specified at a time";

  private EnvRules() {}

  static void check(ObjectNode container, FieldPath path, FieldErrors errors) {
    var variables = Tree.objects(container, "env");
    for (var i = 0; i < variables.size(); i++) {
      variable(variables.get(i), path.child("env").index(i), errors);
    }
    var sources = Tree.objects(container, "envFrom");
    for (var i = 0; i < sources.size(); i++) {
      from(sources.get(i), path.child("envFrom").index(i), errors);
    }
  }

  private static void variable(ObjectNode variable, FieldPath path, FieldErrors errors) {
    var name = Checks.required(variable, "name", path, errors);
    if (!name.isEmpty() && !NAME.matcher(name).matches()) {
      errors.invalid(path.child("name"), name, NAME_RULE);
    }
    var source = Tree.find(variable, "valueFrom");
    if (source == null) return;
    var at = path.child("valueFrom");
    var kinds = Checks.present(source, SOURCES);
    if (!Tree.text(variable, "value").isEmpty() && !kinds.isEmpty()) {
      errors.invalid(at, "", "may not be specified when `value` is not empty");
    }
    if (kinds.isEmpty()) {
      errors.invalid(
          at,
          "",
          "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`");
    } else if (kinds.size() > 1) errors.invalid(at, "", ONE_ONLY);
    for (var kind : kinds) {
      var reference = Tree.make(source, kind);
      switch (kind) {
        case "fieldRef" -> field(reference, FIELDS, at.child(kind), errors);
        case "resourceFieldRef" -> resource(reference, at.child(kind), errors);
        case "fileKeyRef" ->
            Checks.allRequired(
                reference, List.of("volumeName", "path", "key"), at.child(kind), errors);
        default -> key(reference, at.child(kind), errors);
      }
    }
  }

  /// A reference to a pod's field.
  ///
  /// @param fields those without a subscript that are allowed here
  static void field(ObjectNode reference, Set<String> fields, FieldPath path, FieldErrors errors) {
    Checks.required(reference, "apiVersion", path, errors);
    var field = Checks.required(reference, "fieldPath", path, errors);
    if (field.isEmpty()) return;
    var subscript = SUBSCRIPT.matcher(field);
    if (subscript.matches()) Checks.qualified(subscript.group(2), path.child("fieldPath"), errors);
    else if (!fields.contains(field)) errors.unsupported(path.child("fieldPath"), field, fields);
  }

  /// A reference to what a container asks for.
  static void resource(ObjectNode reference, FieldPath path, FieldErrors errors) {
    var resource = Checks.required(reference, "resource", path, errors);
    var known = RESOURCES.contains(resource) || HUGE_PAGES.matcher(resource).matches();
    if (!resource.isEmpty() && !known) {
      errors.unsupported(path.child("resource"), resource, RESOURCES);
    }
    var divisor = Checks.quantity(Tree.text(reference, "divisor"));
    if (divisor.signum() < 0) {
      errors.invalid(path.child("divisor"), divisor.canonical(), Checks.NOT_NEGATIVE);
    }
  }

  private static void key(ObjectNode reference, FieldPath path, FieldErrors errors) {
    Checks.subdomain(Tree.text(reference, "name"), path.child("name"), errors);
    var key = Checks.required(reference, "key", path, errors);
    if (!key.isEmpty()) configKey(key, path.child("key"), errors);
  }

  /// A key of a ConfigMap or Secret.
  static void configKey(String key, FieldPath path, FieldErrors errors) {
    if (key.equals(".") || key.startsWith("..")) {
      errors.invalid(path, key, key.equals(".") ? "must not be '.'" : "must not start with '..'");
    } else if (!KEY.matcher(key).matches()) errors.invalid(path, key, KEY_RULE);
  }

  private static void from(ObjectNode source, FieldPath path, FieldErrors errors) {
    var prefix = Tree.text(source, "prefix");
    if (!prefix.isEmpty() && !NAME.matcher(prefix).matches()) {
      errors.invalid(path.child("prefix"), prefix, NAME_RULE);
    }
    var kinds = Checks.present(source, List.of("configMapRef", "secretRef"));
    if (kinds.isEmpty()) {
      errors.invalid(path, "", "must specify one of: `configMapRef` or `secretRef`");
    } else if (kinds.size() > 1) errors.invalid(path, "", ONE_ONLY);
    for (var kind : kinds) {
      var name = Checks.required(Tree.find(source, kind), "name", path.child(kind), errors);
      if (!name.isEmpty()) Checks.subdomain(name, path.child(kind).child("name"), errors);
    }
  }
}
