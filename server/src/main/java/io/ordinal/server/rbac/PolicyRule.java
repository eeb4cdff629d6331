package io.ordinal.server.rbac;

import io.ordinal.server.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One rule of a role (contract G2): verbs on resources, or on paths that are none. A `*` stands
/// for everything in its place; `*/scale` for that subresource of everything.
///
/// @param names the only objects that it is about; empty for all
public record PolicyRule(
    List<String> verbs,
    List<String> groups,
    List<String> resources,
    List<String> names,
    List<String> paths) {
  static final String ALL = "*";

  /// Everything, as `cluster-admin` has it.
  static final PolicyRule EVERYTHING =
      new PolicyRule(List.of(ALL), List.of(ALL), List.of(ALL), List.of(), List.of(ALL));

  public PolicyRule {
    verbs = List.copyOf(verbs);
    groups = List.copyOf(groups);
    resources = List.copyOf(resources);
    names = List.copyOf(names);
    paths = List.copyOf(paths);
  }

  /// The rule as objects carry it.
  static PolicyRule of(JsonNode rule) {
    return new PolicyRule(
        Tree.texts(rule, "verbs"),
        Tree.texts(rule, "apiGroups"),
        Tree.texts(rule, "resources"),
        Tree.texts(rule, "resourceNames"),
        Tree.texts(rule, "nonResourceURLs"));
  }

  /// The rules of a Role or ClusterRole.
  static List<PolicyRule> allOf(ObjectNode role) {
    return Tree.elements(role, "rules").stream().map(PolicyRule::of).toList();
  }

  /// The rule as an object carries it.
  ObjectNode tree() {
    var tree = Tree.object();
    put(tree, "verbs", verbs);
    put(tree, "apiGroups", groups);
    put(tree, "resources", resources);
    put(tree, "resourceNames", names);
    put(tree, "nonResourceURLs", paths);
    return tree;
  }

  private static void put(ObjectNode tree, String field, List<String> values) {
    if (values.isEmpty()) return;
    var list = tree.putArray(field);
    values.forEach(list::add);
  }

  /// Whether the rule lets somebody do it.
  public boolean allows(Action action) {
    return switch (action) {
      case Action.OnPath on -> has(verbs, on.verb()) && allowsPath(on.path());
      case Action.OnResource on ->
          has(verbs, on.verb())
              && has(groups, on.group())
              && allowsResource(on)
              && (names.isEmpty() || names.contains(on.name()));
    };
  }

  private boolean allowsResource(Action.OnResource on) {
    return has(resources, on.path())
        || (!on.subresource().isEmpty() && resources.contains("*/" + on.subresource()));
  }

  private boolean allowsPath(String path) {
    for (var pattern : paths) {
      if (pathCovers(pattern, path)) return true;
    }
    return false;
  }

  private static boolean pathCovers(String pattern, String path) {
    return pattern.equals(path)
        || (pattern.endsWith(ALL) && path.startsWith(pattern.substring(0, pattern.length() - 1)));
  }

  private static boolean has(List<String> values, String wanted) {
    return values.contains(wanted) || values.contains(ALL);
  }

  /// Whether this rule grants all that an atom does.
  boolean covers(PolicyRule atom) {
    return has(verbs, atom.verbs.getFirst())
        && (atom.paths.isEmpty() ? coversResource(atom) : coversPath(atom));
  }

  private boolean coversPath(PolicyRule atom) {
    return paths.stream().anyMatch(pattern -> pathCovers(pattern, atom.paths.getFirst()));
  }

  private boolean coversResource(PolicyRule atom) {
    var resource = atom.resources.getFirst();
    var slash = resource.indexOf('/');
    return has(groups, atom.groups.getFirst())
        && (has(resources, resource)
            || (slash >= 0 && resources.contains("*" + resource.substring(slash))))
        && (names.isEmpty() || (!atom.names.isEmpty() && names.containsAll(atom.names)));
  }

  /// The rule as many rules of one verb, one group, one resource and at most one name, or of one
  /// verb and one path.
  List<PolicyRule> atoms() {
    var atoms = new ArrayList<PolicyRule>();
    for (var group : groups) {
      for (var resource : resources) {
        for (var verb : verbs) addAtoms(verb, group, resource, atoms);
      }
    }
    for (var path : paths) {
      for (var verb : verbs) {
        atoms.add(new PolicyRule(List.of(verb), List.of(), List.of(), List.of(), List.of(path)));
      }
    }
    return atoms;
  }

  private void addAtoms(String verb, String group, String resource, List<PolicyRule> to) {
    var named =
        names.isEmpty() ? List.of(List.<String>of()) : names.stream().map(List::of).toList();
    for (var name : named) {
      to.add(new PolicyRule(List.of(verb), List.of(group), List.of(resource), name, List.of()));
    }
  }

  /// The rule as upstream's messages show it: `{APIGroups:["apps"], Verbs:["get" "list"]}`.
  @Override
  public String toString() {
    var parts = new ArrayList<String>();
    show("APIGroups", groups, parts);
    show("Resources", resources, parts);
    show("NonResourceURLs", paths, parts);
    show("ResourceNames", names, parts);
    show("Verbs", verbs, parts);
    return "{" + String.join(", ", parts) + "}";
  }

  private static void show(String name, List<String> values, List<String> parts) {
    if (!values.isEmpty()) parts.add(name + ":" + quoted(values));
  }

  /// A list as Go prints it.
  static String quoted(List<String> values) {
    return values.stream()
        .map(value -> '"' + value + '"')
        .collect(Collectors.joining(" ", "[", "]"));
  }
}
