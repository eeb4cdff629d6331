package io.ordinal.server.kinds;

import static io.ordinal.server.tree.Tree.otherwise;

import io.ordinal.server.registry.Strategy;
import io.ordinal.server.registry.TableColumn;
import io.ordinal.server.tree.Tree;
import io.ordinal.server.validation.FieldErrors;
import io.ordinal.server.validation.RoleRules;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// RoleBindings and ClusterRoleBindings.
record RoleBindingStrategy(boolean namespaced) implements Strategy {

  @Override
  public String checkName(String name) {
    return RoleRules.nameProblem(name);
  }

  @Override
  public void defaults(ObjectNode binding) {
    otherwise(Tree.make(binding, "roleRef"), "apiGroup", RoleRules.GROUP);
    for (var subject : Tree.objects(binding, "subjects")) {
      switch (Tree.text(subject, "kind")) {
        case "User", "Group" -> otherwise(subject, "apiGroup", RoleRules.GROUP);
        default -> {}
      }
    }
  }

  @Override
  public void validate(ObjectNode binding, @Nullable ObjectNode old, FieldErrors errors) {
    RoleRules.checkBinding(binding, old, namespaced, errors);
  }

  @Override
  public List<TableColumn> columns() {
    return List.of(
        TableColumn.NAME,
        TableColumn.text(
            "Role",
            binding ->
                Tree.text(binding, "roleRef", "kind")
                    + "/"
                    + Tree.text(binding, "roleRef", "name")),
        TableColumn.AGE,
        TableColumn.text("Users", binding -> subjects(binding, "User")).wide(),
        TableColumn.text("Groups", binding -> subjects(binding, "Group")).wide(),
        TableColumn.text("ServiceAccounts", binding -> subjects(binding, "ServiceAccount")).wide());
  }

  private static String subjects(ObjectNode binding, String kind) {
    return Tree.objects(binding, "subjects").stream()
        .filter(subject -> Tree.text(subject, "kind").equals(kind))
        .map(subject ->
            kind.equals("ServiceAccount")
                ? Tree.text(subject, "namespace") + "/" + Tree.text(subject, "name")
                : Tree.text(subject, "name"))
        .collect(Collectors.joining(", "));
  }
}
