package io.ordinal.server.kinds;

import io.ordinal.server.registry.Conversion;
import io.ordinal.server.tree.Tree;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// An Event of events.k8s.io and of the core group: the same fields by other names.
final class EventShape implements Conversion {
  private static final List<Map.Entry<String, String>> STORED_BY_SHOWN =
      List.of(
          Map.entry("regarding", "involvedObject"),
          Map.entry("note", "message"),
          Map.entry("deprecatedSource", "source"),
          Map.entry("deprecatedFirstTimestamp", "firstTimestamp"),
          Map.entry("deprecatedLastTimestamp", "lastTimestamp"),
          Map.entry("deprecatedCount", "count"),
          Map.entry("reportingController", "reportingComponent"));

  @Override
  public String storedGroup() {
    return "";
  }

  @Override
  public ObjectNode toStored(ObjectNode shown) {
    shown.put("apiVersion", "v1");
    for (var names : STORED_BY_SHOWN) rename(shown, names.getKey(), names.getValue());
    return shown;
  }

  @Override
  public ObjectNode toShown(ObjectNode stored) {
    stored.put("apiVersion", "events.k8s.io/v1");
    for (var names : STORED_BY_SHOWN) rename(stored, names.getValue(), names.getKey());
    return stored;
  }

  private static void rename(ObjectNode event, String from, String to) {
    if (!event.has(from)) return;
    Tree.carryAs(from, event, to, event);
    event.remove(from);
  }
}
