package io.ordinal.server.rbac;

import static io.ordinal.server.validation.RoleRules.GROUP;

import io.ordinal.server.User;
import io.ordinal.server.registry.Admission;
import io.ordinal.server.registry.Attributes;
import io.ordinal.server.registry.Kinds;
import io.ordinal.server.registry.Refusals;
import io.ordinal.server.tree.Tree;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Nobody grants what he does not have, neither by a role nor by a binding, unless he has the verb
/// `escalate` on the role, or `bind` on the role of the binding (contract G2).
public final class Escalation implements Admission {
  private static final List<String> COLLECTORS = List.of("ownerReferences", "finalizers");
  private static final List<String> BOOKKEEPING = List.of("resourceVersion", "managedFields");

  private final RuleResolver resolver;
  private final Kinds kinds;

  /// Asks `resolver` who has what.
  public Escalation(RuleResolver resolver, Kinds kinds) {
    this.resolver = resolver;
    this.kinds = kinds;
  }

  @Override
  public void validate(Attributes about, @Nullable ObjectNode object, @Nullable ObjectNode old) {
    if (object == null || !about.kind().group().equals(GROUP)) return;
    if (about.user().in(User.MASTERS)) return;
    if (old != null && isForCollectorOnly(object, old)) return;
    switch (about.kind().resource()) {
      case "roles", "clusterroles" -> checkRole(about, object, old);
      case "rolebindings", "clusterrolebindings" -> checkBinding(about, object);
      default -> {
        // a custom kind of the same group grants nothing
      }
    }
  }

  /// The garbage collector may touch what it could not grant.
  private static boolean isForCollectorOnly(ObjectNode object, ObjectNode old) {
    return Tree.same(withoutCollectors(object), withoutCollectors(old));
  }

  private static ObjectNode withoutCollectors(ObjectNode object) {
    var copy = object.deepCopy();
    var metadata = Tree.make(copy, "metadata");
    metadata.remove(COLLECTORS);
    metadata.remove(BOOKKEEPING);
    return copy;
  }

  private void checkRole(Attributes about, ObjectNode role, @Nullable ObjectNode old) {
    if (may(about.user(), "escalate", new RoleKey(about.namespace(), about.name()), about)) return;
    var aggregates = role.has("aggregationRule") || (old != null && old.has("aggregationRule"));
    if (aggregates && !missing(about, List.of(PolicyRule.EVERYTHING)).isEmpty()) {
      throw Refusals.forbidden(
          about.kind(),
          about.name(),
          "must have cluster-admin privileges to use the aggregationRule");
    }
    confirm(about, PolicyRule.allOf(role));
  }

  private void checkBinding(Attributes about, ObjectNode binding) {
    var role = RoleKey.referredBy(binding, about.namespace());
    if (may(about.user(), "bind", role, about)) return;
    var rules =
        resolver
            .rulesOf(role)
            .orElseThrow(() -> Refusals.notFound(kinds.get(GROUP, role.plural()), role.name()));
    confirm(about, rules);
  }

  private boolean may(User user, String verb, RoleKey role, Attributes about) {
    return resolver.allows(
        user,
        new Action.OnResource(verb, GROUP, role.plural(), "", about.namespace(), role.name()));
  }

  private List<PolicyRule> missing(Attributes about, List<PolicyRule> rules) {
    return Coverage.missing(resolver.rulesFor(about.user(), about.namespace()), rules);
  }

  private void confirm(Attributes about, List<PolicyRule> rules) {
    var missing = missing(about, rules);
    if (missing.isEmpty()) return;
    var user = about.user();
    var lines = new TreeSet<String>();
    missing.forEach(rule -> lines.add(rule.toString()));
    throw Refusals.forbidden(
        about.kind(),
        about.name(),
        "user \""
            + user.name()
            + "\" (groups="
            + PolicyRule.quoted(user.groups().stream().sorted().toList())
            + ") is attempting to grant RBAC permissions not currently held:\n"
            + String.join("\n", lines));
  }
}
