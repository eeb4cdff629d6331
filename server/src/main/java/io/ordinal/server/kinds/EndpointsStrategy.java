package io.ordinal.server.kinds;

import static io.ordinal.server.tree.Tree.otherwise;

import io.ordinal.server.registry.Strategy;
import io.ordinal.server.registry.TableColumn;
import io.ordinal.server.registry.Trait;
import io.ordinal.server.tree.Tree;
import io.ordinal.server.validation.EndpointRules;
import io.ordinal.server.validation.FieldErrors;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Endpoints, the old form of EndpointSlices.
final class EndpointsStrategy implements Strategy {

  @Override
  public Set<Trait> traits() {
    return EnumSet.of(Trait.CREATED_BY_UPDATE);
  }

  @Override
  public void defaults(ObjectNode endpoints) {
    for (var subset : Tree.objects(endpoints, "subsets")) {
      for (var port : Tree.objects(subset, "ports")) otherwise(port, "protocol", "TCP");
    }
  }

  @Override
  public void validate(ObjectNode endpoints, @Nullable ObjectNode old, FieldErrors errors) {
    EndpointRules.checkEndpoints(endpoints, old, errors);
  }

  @Override
  public List<TableColumn> columns() {
    return List.of(
        TableColumn.NAME,
        TableColumn.text("Endpoints", EndpointCells::ofEndpoints),
        TableColumn.AGE);
  }
}
