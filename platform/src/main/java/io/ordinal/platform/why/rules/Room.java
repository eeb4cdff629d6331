package io.ordinal.platform.why.rules;

import static io.ordinal.platform.why.facts.Cause.NO_ROOM;
import static io.ordinal.platform.why.facts.Cause.TOO_BIG;

import io.fabric8.kubernetes.api.model.Quantity;
import io.ordinal.platform.why.facts.Finding;
import io.ordinal.platform.why.facts.Resource;
import io.ordinal.platform.why.facts.Scene;
import io.ordinal.platform.why.facts.Thing;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Optional;

/// Whether a pod asks for more than is left, or for more than any node has.
final class Room {
  private Room() {}

  static Finding judge(Scene scene, Thing pod, String resource) {
    var wanted =
        pod.list("/spec/containers").stream()
            .map(container -> container.at("/resources/requests").path(resource).asString(""))
            .map(Room::amount)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    var largest =
        scene.list(Resource.NODES).stream()
            .map(node -> node.json().at("/status/allocatable").path(resource).asString("0"))
            .max(Comparator.comparing(Room::amount));
    var tooBig = largest.filter(most -> amount(most).compareTo(wanted) < 0);
    return Finding.of(
            tooBig.isPresent() ? TOO_BIG : NO_ROOM,
            pod,
            "spec.containers[*].resources.requests." + resource)
        .with("resource", resource)
        .with("wanted", shown(wanted, resource))
        .with("largest", tooBig.orElse(""));
  }

  /// Bytes as people write them, where that is exact.
  private static String shown(BigDecimal amount, String resource) {
    var bytes = resource.equals("memory") || resource.equals("ephemeral-storage");
    if (!bytes) return amount.stripTrailingZeros().toPlainString();
    for (var unit : new String[] {"Gi", "Mi", "Ki"}) {
      var size = amount("1" + unit);
      var parts = amount.divideAndRemainder(size);
      if (parts[0].signum() > 0 && parts[1].signum() == 0) return parts[0].toPlainString() + unit;
    }
    return amount.toPlainString();
  }

  /// What a quantity says; nothing for none.
  static BigDecimal amount(String text) {
    return Optional.of(text)
        .filter(each -> !each.isEmpty())
        .map(each -> new Quantity(each).getNumericalAmount())
        .orElse(BigDecimal.ZERO);
  }
}
