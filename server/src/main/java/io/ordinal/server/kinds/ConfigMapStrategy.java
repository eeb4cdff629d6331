package io.ordinal.server.kinds;

import io.ordinal.server.registry.Strategy;
import io.ordinal.server.registry.TableColumn;
import io.ordinal.server.validation.FieldErrors;
import io.ordinal.server.validation.SecretRules;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// ConfigMaps.
final class ConfigMapStrategy implements Strategy {

  @Override
  public void validate(ObjectNode map, @Nullable ObjectNode old, FieldErrors errors) {
    SecretRules.checkConfigMap(map, old, errors);
  }

  @Override
  public List<TableColumn> columns() {
    return List.of(
        TableColumn.NAME,
        TableColumn.number(
            "Data",
            map -> SecretStrategy.size(map, "data") + SecretStrategy.size(map, "binaryData")),
        TableColumn.AGE);
  }
}
