package io.ordinal.server.kinds;

import io.ordinal.server.registry.Kind;
import io.ordinal.server.registry.Strategy;
import io.ordinal.server.registry.TableColumn;
import io.ordinal.server.registry.Trait;
import io.ordinal.server.tree.Tree;
import io.ordinal.server.validation.FieldErrors;
import io.ordinal.server.validation.QuotaRules;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// ResourceQuotas.
final class QuotaStrategy implements Strategy {

  @Override
  public Set<Trait> traits() {
    return EnumSet.of(Trait.DELETE_ANSWERS_OBJECT);
  }

  @Override
  public void validate(ObjectNode quota, @Nullable ObjectNode old, FieldErrors errors) {
    QuotaRules.check(quota, old, errors);
  }

  @Override
  public void validateStatus(ObjectNode quota, ObjectNode old, FieldErrors errors) {
    QuotaRules.checkStatus(quota, errors);
  }

  @Override
  public List<TableColumn> columns() {
    return List.of(
        TableColumn.NAME,
        TableColumn.text("Request", quota -> shown(quota, false)),
        TableColumn.text("Limit", quota -> shown(quota, true)),
        TableColumn.AGE);
  }

  /// `requests.cpu: 1/4, requests.memory: 1Gi/8Gi`
  private static String shown(ObjectNode quota, boolean limits) {
    var hard = new TreeMap<>(Tree.textMap(quota, "status", "hard"));
    var used = Tree.textMap(quota, "status", "used");
    return hard.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith("limits.") == limits)
        .map(entry ->
            "%s: %s/%s"
                .formatted(
                    entry.getKey(), used.getOrDefault(entry.getKey(), "0"), entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  /// The row of the table of kinds.
  static Kind kind() {
    return Kind.namespaced("v1", "ResourceQuota", "resourcequotas")
        .called("quota")
        .withStatus()
        .ruledBy(new QuotaStrategy());
  }
}
