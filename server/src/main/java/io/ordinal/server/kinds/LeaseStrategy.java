package io.ordinal.server.kinds;

import io.ordinal.server.registry.Strategy;
import io.ordinal.server.registry.TableColumn;
import io.ordinal.server.registry.Trait;
import io.ordinal.server.tree.Tree;
import io.ordinal.server.validation.FieldErrors;
import io.ordinal.server.validation.LeaseRules;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Leases: whoever writes one must have seen the last one.
final class LeaseStrategy implements Strategy {

  @Override
  public Set<Trait> traits() {
    return EnumSet.of(Trait.CREATED_BY_UPDATE, Trait.UPDATED_BY_VERSION_ONLY);
  }

  @Override
  public void validate(ObjectNode lease, @Nullable ObjectNode old, FieldErrors errors) {
    LeaseRules.check(lease, old, errors);
  }

  @Override
  public List<TableColumn> columns() {
    return List.of(
        TableColumn.NAME,
        TableColumn.text("Holder", lease -> Tree.text(lease, "spec", "holderIdentity")),
        TableColumn.AGE);
  }
}
