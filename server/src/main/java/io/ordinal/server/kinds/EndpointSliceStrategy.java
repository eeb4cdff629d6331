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

/// EndpointSlices.
final class EndpointSliceStrategy implements Strategy {

  @Override
  public Set<Trait> traits() {
    return EnumSet.of(Trait.COUNTS_GENERATIONS);
  }

  @Override
  public void defaults(ObjectNode slice) {
    for (var port : Tree.objects(slice, "ports")) {
      if (!port.has("name")) port.put("name", "");
      otherwise(port, "protocol", "TCP");
    }
    if (!slice.has("endpoints")) slice.putArray("endpoints");
  }

  @Override
  public void validate(ObjectNode slice, @Nullable ObjectNode old, FieldErrors errors) {
    EndpointRules.checkSlice(slice, old, errors);
  }

  @Override
  public List<TableColumn> columns() {
    return List.of(
        TableColumn.NAME,
        TableColumn.text("AddressType", slice -> Tree.text(slice, "addressType")),
        TableColumn.text("Ports", EndpointCells::portsOfSlice),
        TableColumn.text("Endpoints", EndpointCells::ofSlice),
        TableColumn.AGE);
  }
}
