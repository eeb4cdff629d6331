package io.ordinal.server.custom;

import io.ordinal.server.registry.Kind;
import io.ordinal.server.registry.Metadata;
import io.ordinal.server.tree.Conditions;
import io.ordinal.server.tree.Tree;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Decides which of its names a definition gets, and whether it is served. A name belongs to the
/// definition of the group that had it first; whoever was established stays so, whatever happens to
/// its names later.
final class Acceptance {
  private final Set<String> resources = new HashSet<>();
  private final Set<String> kinds = new HashSet<>();
  private String reason = "NoConflicts";
  private String message = "no conflicts found";

  /// @param others the definitions of the same group
  /// @param builtIn the kinds of the group that are there without a definition: whoever deletes a
  ///   definition deletes what is stored under its names
  Acceptance(Collection<Definition> others, Collection<Kind> builtIn) {
    for (var kind : builtIn) {
      resources.add(kind.resource());
      resources.add(kind.noun().singular());
      resources.addAll(kind.noun().shortNames());
      kinds.add(kind.gvk().kind());
      kinds.add(kind.noun().listKind());
    }
    for (var other : others) {
      var names = other.acceptedNames();
      add(resources, Tree.text(names, "plural"));
      add(resources, Tree.text(names, "singular"));
      resources.addAll(Tree.texts(names, "shortNames"));
      add(kinds, Tree.text(names, "kind"));
      add(kinds, Tree.text(names, "listKind"));
    }
  }

  private static void add(Set<String> names, String name) {
    if (!name.isEmpty()) names.add(name);
  }

  /// The status that the definition should have.
  ObjectNode statusOf(Definition definition, Instant now) {
    var accepted = definition.acceptedNames().deepCopy();
    accept(definition, accepted, "plural", "Plural", resources);
    accept(definition, accepted, "singular", "Singular", resources);
    acceptShortNames(definition, accepted);
    accept(definition, accepted, "kind", "Kind", kinds);
    accept(definition, accepted, "listKind", "ListKind", kinds);
    Tree.carry("categories", definition.names(), accepted);
    var present = Tree.find(definition.tree(), "status");
    var status = present == null ? Tree.object() : present.deepCopy();
    var accepts = reason.equals("NoConflicts");
    status.set("acceptedNames", accepted);
    var time = Metadata.time(now);
    Conditions.set(status, condition(Definition.NAMES_ACCEPTED, accepts, reason, message), time);
    if (!definition.is(Definition.ESTABLISHED)) Conditions.set(status, established(accepts), time);
    if (definition.cleansUp()) Conditions.set(status, cleaning(), time);
    return status;
  }

  private void accept(
      Definition definition, ObjectNode accepted, String field, String word, Set<String> taken) {
    var wanted = Tree.text(definition.names(), field);
    if (wanted.equals(Tree.text(accepted, field)) || !taken.contains(wanted)) {
      Tree.carry(field, definition.names(), accepted);
    } else refuse(word + "Conflict", quoted(wanted) + " is already in use");
  }

  private void acceptShortNames(Definition definition, ObjectNode accepted) {
    var had = Tree.texts(accepted, "shortNames");
    var conflicts =
        Tree.texts(definition.names(), "shortNames").stream()
            .filter(name -> resources.contains(name) && !had.contains(name))
            .map(name -> quoted(name) + " is already in use")
            .toList();
    if (conflicts.isEmpty()) Tree.carry("shortNames", definition.names(), accepted);
    else if (conflicts.size() == 1) refuse("ShortNamesConflict", conflicts.getFirst());
    else refuse("ShortNamesConflict", "[" + String.join(", ", conflicts) + "]");
  }

  private static String quoted(String name) {
    return '"' + name + '"';
  }

  private void refuse(String why, String what) {
    reason = why;
    message = what;
  }

  private static ObjectNode established(boolean accepts) {
    return accepts
        ? condition(
            Definition.ESTABLISHED,
            true,
            "InitialNamesAccepted",
            "the initial names have been accepted")
        : condition(Definition.ESTABLISHED, false, "NotAccepted", "not all names are accepted");
  }

  private static ObjectNode cleaning() {
    return condition(
        Definition.TERMINATING,
        true,
        "InstanceDeletionInProgress",
        "CustomResource deletion is in progress");
  }

  static ObjectNode condition(String type, boolean holds, String reason, String message) {
    return Tree.object("type", type)
        .put("status", holds ? "True" : "False")
        .put("reason", reason)
        .put("message", message);
  }
}
