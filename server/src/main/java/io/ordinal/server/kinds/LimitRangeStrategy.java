package io.ordinal.server.kinds;

import static io.ordinal.server.tree.Tree.otherwise;

import io.ordinal.server.registry.Kind;
import io.ordinal.server.registry.Strategy;
import io.ordinal.server.registry.Trait;
import io.ordinal.server.tree.Tree;
import io.ordinal.server.validation.FieldErrors;
import io.ordinal.server.validation.LimitRangeRules;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// LimitRanges.
final class LimitRangeStrategy implements Strategy {

  @Override
  public Set<Trait> traits() {
    return EnumSet.of(Trait.CREATED_BY_UPDATE);
  }

  /// What a container gets when it says nothing follows from what it may have.
  @Override
  public void defaults(ObjectNode range) {
    for (var limit : Tree.objects(range, "spec", "limits")) {
      if (!Tree.text(limit, "type").equals("Container")) continue;
      fill(limit, "default", "max");
      fill(limit, "defaultRequest", "default");
      fill(limit, "defaultRequest", "min");
    }
  }

  private static void fill(ObjectNode limit, String field, String from) {
    var amounts = Tree.textMap(limit, from);
    if (amounts.isEmpty()) return;
    var filled = Tree.make(limit, field);
    amounts.forEach((name, amount) -> otherwise(filled, name, amount));
  }

  @Override
  public void validate(ObjectNode range, @Nullable ObjectNode old, FieldErrors errors) {
    LimitRangeRules.check(range, errors);
  }

  /// The row of the table of kinds.
  static Kind kind() {
    return Kind.namespaced("v1", "LimitRange", "limitranges")
        .called("limits")
        .ruledBy(new LimitRangeStrategy());
  }
}
