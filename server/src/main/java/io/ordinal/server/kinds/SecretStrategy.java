package io.ordinal.server.kinds;

import static io.ordinal.server.tree.Tree.otherwise;

import io.ordinal.server.registry.Strategy;
import io.ordinal.server.registry.TableColumn;
import io.ordinal.server.tree.Tree;
import io.ordinal.server.validation.FieldErrors;
import io.ordinal.server.validation.SecretRules;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Secrets: `stringData` is a way to write them, never to read them.
final class SecretStrategy implements Strategy {

  @Override
  public void defaults(ObjectNode secret) {
    otherwise(secret, "type", "Opaque");
    var plain = Tree.textMap(secret, "stringData");
    secret.remove("stringData");
    if (plain.isEmpty()) return;
    var data = Tree.make(secret, "data");
    plain.forEach((key, text) ->
        data.put(key, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
  }

  @Override
  public void validate(ObjectNode secret, @Nullable ObjectNode old, FieldErrors errors) {
    SecretRules.checkSecret(secret, old, errors);
  }

  @Override
  public Map<String, Function<ObjectNode, String>> selectableFields() {
    return Map.of("type", Strategy.textAt("type"));
  }

  @Override
  public List<TableColumn> columns() {
    return List.of(
        TableColumn.NAME,
        TableColumn.text("Type", secret -> Tree.text(secret, "type")),
        TableColumn.number("Data", secret -> size(secret, "data")),
        TableColumn.AGE);
  }

  /// How many keys a map has.
  static long size(ObjectNode object, String field) {
    var map = Tree.find(object, field);
    return map == null ? 0 : map.size();
  }
}
