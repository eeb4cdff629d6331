package io.ordinal.server.table;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Encodes objects as Tables of `meta.k8s.io` (contract J).
public final class Tables {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final InstantSource clock;

  /// What a row carries of its object.
  @FunctionalInterface
  public interface RowObject {
    /// The part of the object to carry; empty = nothing.
    Optional<ObjectNode> of(ObjectNode object);
  }

  /// Tables whose ages count from this clock.
  public Tables(InstantSource clock) {
    this.clock = clock;
  }

  /// The beginning of a Table, up to its first row.
  ///
  /// @param metadata the list's, or `resourceVersion` of the only object
  public byte[] head(String version, ObjectNode metadata, Printer printer) {
    var head = envelope(version, metadata);
    head.set("columnDefinitions", columns(printer));
    var text = JSON.writeValueAsString(head);
    return (text.substring(0, text.length() - 1) + ",\"rows\":[").getBytes(StandardCharsets.UTF_8);
  }

  /// One encoded row.
  public byte[] row(ObjectNode object, Printer printer, RowObject carried) {
    return JSON.writeValueAsBytes(rowTree(object, printer, carried));
  }

  /// A whole Table with one row; watch events after the first leave out the columns.
  public ObjectNode single(
      String version, ObjectNode object, Printer printer, RowObject carried, boolean withColumns) {
    var table = envelope(version, metadataOf(object));
    table.set("columnDefinitions", withColumns ? columns(printer) : JSON.nullNode());
    table.putArray("rows").add(rowTree(object, printer, carried));
    return table;
  }

  /// A Table without rows, for a bookmark.
  public ObjectNode empty(String version, ObjectNode object) {
    var table = envelope(version, metadataOf(object));
    table.set("columnDefinitions", JSON.nullNode());
    table.putArray("rows");
    return table;
  }

  private ObjectNode rowTree(ObjectNode object, Printer printer, RowObject carried) {
    var row = printer.row(object, clock.instant());
    var tree = JSON.createObjectNode();
    tree.putArray("cells").addAll(row.cells());
    if (!row.conditions().isEmpty()) {
      tree.putArray("conditions").addAll(row.conditions());
    }
    var part = carried.of(object);
    tree.set("object", part.isPresent() ? part.get() : JSON.nullNode());
    return tree;
  }

  private static ObjectNode envelope(String version, ObjectNode metadata) {
    var table = JSON.createObjectNode();
    table.put("kind", "Table").put("apiVersion", "meta.k8s.io/" + version);
    table.set("metadata", metadata);
    return table;
  }

  private static ObjectNode metadataOf(JsonNode object) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("resourceVersion", object.path("metadata").path("resourceVersion").asString(""));
  }

  private static ArrayNode columns(Printer printer) {
    var columns = JSON.createArrayNode();
    for (var column : printer.columns()) {
      columns
          .addObject()
          .put("name", column.name())
          .put("type", column.type())
          .put("format", column.format())
          .put("description", column.description())
          .put("priority", column.priority());
    }
    return columns;
  }
}
