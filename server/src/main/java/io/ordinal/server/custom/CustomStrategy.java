package io.ordinal.server.custom;

import io.ordinal.schema.StructuralSchema;
import io.ordinal.server.ApiException;
import io.ordinal.server.Status;
import io.ordinal.server.registry.Conversion;
import io.ordinal.server.registry.CustomType;
import io.ordinal.server.registry.Strategy;
import io.ordinal.server.registry.TableColumn;
import io.ordinal.server.registry.Trait;
import io.ordinal.server.tree.FieldsPath;
import io.ordinal.server.tree.Tree;
import io.ordinal.server.validation.FieldErrors;
import io.ordinal.server.validation.ValueErrors;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The objects of one version of a custom kind.
final class CustomStrategy implements Strategy {
  private final ObjectNode version;
  private final CustomType type;
  private final CustomShape shape;
  private final Ending ending;
  private final List<TableColumn> columns;
  private final Map<String, Function<ObjectNode, String>> selectable = new LinkedHashMap<>();

  /// @param version as the definition has it
  CustomStrategy(ObjectNode version, CustomType type, CustomShape shape, Ending ending) {
    this.version = version;
    this.type = type;
    this.shape = shape;
    this.ending = ending;
    this.columns = CustomColumns.of(version);
    for (var field : Tree.objects(version, "selectableFields")) {
      var path = FieldsPath.parse(Tree.text(field, "jsonPath"));
      selectable.put(path.dotted(), path::text);
    }
  }

  /// The revision since which objects are written as the present schema wants them.
  long since() {
    return shape.since();
  }

  private StructuralSchema schema() {
    var schema = type.type().structural();
    if (schema == null) throw new IllegalStateException("a custom type without a schema");
    return schema;
  }

  private boolean hasStatus() {
    return Tree.has(version, "subresources", "status");
  }

  @Override
  public Set<Trait> traits() {
    return EnumSet.of(Trait.COUNTS_GENERATIONS, Trait.UPDATED_BY_VERSION_ONLY);
  }

  @Override
  public Optional<Conversion> conversion() {
    return Optional.of(shape);
  }

  @Override
  public Optional<CustomType> customType() {
    return Optional.of(type);
  }

  @Override
  public void prepareNew(ObjectNode object) {
    if (ending.hasBegun()) {
      throw new ApiException(
          Status.failure(
              405,
              "MethodNotAllowed",
              "create not allowed while custom resource definition is terminating"));
    }
    if (hasStatus()) object.remove("status");
  }

  @Override
  public void prepareStatus(ObjectNode object, ObjectNode old) {
    var status = object.get("status");
    var field = schema().field("status");
    if (status != null && field != null) field.fill(status);
  }

  @Override
  public void defaults(ObjectNode object) {
    schema().fill(object);
  }

  @Override
  public void validate(ObjectNode object, @Nullable ObjectNode old, FieldErrors errors) {
    ValueErrors.add(schema().check(object, old), errors);
  }

  @Override
  public void validateStatus(ObjectNode object, ObjectNode old, FieldErrors errors) {
    validate(object, old, errors);
  }

  @Override
  public List<String> warnings(ObjectNode object) {
    if (!Tree.flag(version, "deprecated")) return List.of();
    var own = Tree.text(version, "deprecationWarning");
    var gvk = shape.gvk();
    return List.of(own.isEmpty() ? gvk.apiVersion() + " " + gvk.kind() + " is deprecated" : own);
  }

  @Override
  public void released(ObjectNode last) {
    if (ending.hasBegun()) ending.goesOn();
  }

  @Override
  public Map<String, Function<ObjectNode, String>> selectableFields() {
    return selectable;
  }

  @Override
  public List<TableColumn> columns() {
    return columns;
  }
}
