package io.ordinal.server.rbac;

import static io.ordinal.server.validation.RoleRules.GROUP;

import io.ordinal.server.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// One role of the file, and who has it; see the file's head.
///
/// @param gathers for whom the roles are that it gathers, or ""
/// @param meantFor which gathering role wants it, or ""
/// @param binding the name of its binding, or "" when there is none
record BootstrapRole(
    RoleKey key,
    String gathers,
    String meantFor,
    String binding,
    List<String> subjects,
    List<PolicyRule> rules) {
  /// `true` on what a server may mend at its start.
  static final String AUTOUPDATE = "rbac.authorization.kubernetes.io/autoupdate";

  private static final String AGGREGATE = GROUP + "/aggregate-to-";

  BootstrapRole with(PolicyRule rule) {
    var more = Stream.concat(rules.stream(), Stream.of(rule)).toList();
    return new BootstrapRole(key, gathers, meantFor, binding, subjects, more);
  }

  /// The role, and its binding if there is one.
  List<ObjectNode> objects() {
    var objects = new ArrayList<>(List.of(role()));
    if (!binding.isEmpty()) objects.add(bound());
    return objects;
  }

  private ObjectNode role() {
    var role = object(key.kind(), key.name());
    if (!meantFor.isEmpty()) {
      Tree.make(role, "metadata", "labels").put(AGGREGATE + meantFor, "true");
    }
    if (gathers.isEmpty()) {
      var list = role.putArray("rules");
      rules.forEach(rule -> list.add(rule.tree()));
    } else {
      var selector = role.putObject("aggregationRule").putArray("clusterRoleSelectors").addObject();
      selector.putObject("matchLabels").put(AGGREGATE + gathers, "true");
    }
    return role;
  }

  private ObjectNode bound() {
    var bound = object(key.kind() + "Binding", binding);
    bound
        .putObject("roleRef")
        .put("apiGroup", GROUP)
        .put("kind", key.kind())
        .put("name", key.name());
    if (!subjects.isEmpty()) {
      var list = bound.putArray("subjects");
      subjects.forEach(subject -> add(subject, list));
    }
    return bound;
  }

  private static void add(String subject, ArrayNode to) {
    var colon = subject.indexOf(':');
    var name = subject.substring(colon + 1);
    var kind = subject.substring(0, colon);
    if (kind.equals("account")) {
      var slash = name.indexOf('/');
      to.addObject()
          .put("kind", "ServiceAccount")
          .put("name", name.substring(slash + 1))
          .put("namespace", name.substring(0, slash));
      return;
    }
    var word = kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1);
    to.addObject().put("apiGroup", GROUP).put("kind", word).put("name", name);
  }

  private ObjectNode object(String kind, String name) {
    var object = Tree.object("apiVersion", GROUP + "/v1").put("kind", kind);
    var metadata = object.putObject("metadata").put("name", name);
    if (!key.namespace().isEmpty()) metadata.put("namespace", key.namespace());
    metadata.putObject("annotations").put(AUTOUPDATE, "true");
    metadata.putObject("labels").put("kubernetes.io/bootstrapping", "rbac-defaults");
    return object;
  }
}
