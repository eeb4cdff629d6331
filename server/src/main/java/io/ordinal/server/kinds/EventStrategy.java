package io.ordinal.server.kinds;

import static io.ordinal.server.registry.Strategy.textAt;

import io.ordinal.server.registry.Ages;
import io.ordinal.server.registry.Conversion;
import io.ordinal.server.registry.Strategy;
import io.ordinal.server.registry.TableColumn;
import io.ordinal.server.registry.Trait;
import io.ordinal.server.tree.Tree;
import io.ordinal.server.validation.FieldErrors;
import io.ordinal.server.validation.FieldPath;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Events, in their two shapes: that of the core group, which is stored, and that of events.k8s.io.
final class EventStrategy implements Strategy {
  private static final List<String> ABOUT =
      List.of("kind", "namespace", "name", "uid", "apiVersion", "resourceVersion", "fieldPath");

  private final Optional<Conversion> conversion;
  private final String about;
  private final String controller;

  private EventStrategy(Optional<Conversion> conversion, String about, String controller) {
    this.conversion = conversion;
    this.about = about;
    this.controller = controller;
  }

  /// The shape of the core group.
  static EventStrategy core() {
    return new EventStrategy(Optional.empty(), "involvedObject", "reportingComponent");
  }

  /// The shape of events.k8s.io.
  static EventStrategy grouped() {
    return new EventStrategy(Optional.of(new EventShape()), "regarding", "reportingController");
  }

  @Override
  public Set<Trait> traits() {
    return EnumSet.of(Trait.CREATED_BY_UPDATE);
  }

  @Override
  public Optional<Conversion> conversion() {
    return conversion;
  }

  @Override
  public void prepareNew(ObjectNode event) {}

  @Override
  public void validate(ObjectNode event, @Nullable ObjectNode old, FieldErrors errors) {
    var namespace = Tree.text(event, "metadata", "namespace");
    var regarded = Tree.text(event, "involvedObject", "namespace");
    var clusterWide =
        regarded.isEmpty() && (namespace.equals("default") || namespace.equals("kube-system"));
    if (!clusterWide && !regarded.equals(namespace)) {
      errors.invalid(
          FieldPath.of("involvedObject", "namespace"), regarded, "does not match event.namespace");
    }
  }

  @Override
  public Map<String, Function<ObjectNode, String>> selectableFields() {
    var fields = new HashMap<String, Function<ObjectNode, String>>();
    for (var field : ABOUT) fields.put(about + "." + field, textAt(about, field));
    fields.put("reason", textAt("reason"));
    fields.put("type", textAt("type"));
    fields.put(controller, event -> source(event, controller));
    if (conversion.isEmpty()) fields.put("source", event -> source(event, controller));
    return fields;
  }

  private static String source(ObjectNode event, String controller) {
    var component = Tree.text(event, "source", "component");
    return component.isEmpty() ? Tree.text(event, controller) : component;
  }

  @Override
  public List<TableColumn> columns() {
    return conversion.isEmpty() ? COLUMNS : COLUMNS.stream().map(this::viaCore).toList();
  }

  private TableColumn viaCore(TableColumn column) {
    return new TableColumn(
        column.heading(),
        (event, now) -> column.cell().of(conversion.orElseThrow().toStored(event.deepCopy()), now));
  }

  private static final List<TableColumn> COLUMNS =
      List.of(
          TableColumn.cell("Last Seen", EventStrategy::lastSeen),
          TableColumn.text("Type", event -> Tree.text(event, "type")),
          TableColumn.text("Reason", event -> Tree.text(event, "reason")),
          TableColumn.text("Object", EventStrategy::object),
          TableColumn.text("Subobject", event -> Tree.text(event, "involvedObject", "fieldPath"))
              .wide(),
          TableColumn.text("Source", EventStrategy::sourceCell).wide(),
          TableColumn.text("Message", event -> Tree.text(event, "message").strip()),
          TableColumn.cell("First Seen", EventStrategy::firstSeen).wide(),
          TableColumn.number("Count", EventStrategy::count).wide(),
          new TableColumn(TableColumn.NAME.heading(), TableColumn.NAME.cell()).wide());

  private static Object lastSeen(ObjectNode event, Instant now) {
    return since(
        now,
        Tree.text(event, "series", "lastObservedTime"),
        Tree.text(event, "lastTimestamp"),
        Tree.text(event, "eventTime"));
  }

  private static Object firstSeen(ObjectNode event, Instant now) {
    return since(now, Tree.text(event, "firstTimestamp"), Tree.text(event, "eventTime"));
  }

  private static String since(Instant now, String... times) {
    return Ages.since(Stream.of(times).filter(time -> !time.isEmpty()).findFirst().orElse(""), now);
  }

  private static String object(ObjectNode event) {
    var kind = Tree.text(event, "involvedObject", "kind").toLowerCase(Locale.ROOT);
    var name = Tree.text(event, "involvedObject", "name");
    return kind.isEmpty() ? name : kind + "/" + name;
  }

  private static String sourceCell(ObjectNode event) {
    var host = Tree.text(event, "source", "host");
    return source(event, "reportingComponent") + (host.isEmpty() ? "" : ", " + host);
  }

  private static long count(ObjectNode event) {
    return Tree.number(Tree.number(1, event, "count"), event, "series", "count");
  }
}
