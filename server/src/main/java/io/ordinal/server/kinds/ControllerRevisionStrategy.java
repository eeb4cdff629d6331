package io.ordinal.server.kinds;

import io.ordinal.server.registry.Strategy;
import io.ordinal.server.registry.TableColumn;
import io.ordinal.server.tree.Tree;
import io.ordinal.server.validation.FieldErrors;
import io.ordinal.server.validation.FieldPath;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// ControllerRevisions: what they hold never changes (statefulset-semantics 1.4).
final class ControllerRevisionStrategy implements Strategy {

  @Override
  public void validate(ObjectNode revision, @Nullable ObjectNode old, FieldErrors errors) {
    var data = Tree.at(revision, "data");
    var path = FieldPath.of("data");
    if (old != null) {
      if (!Tree.equal(data, old.get("data"))) errors.invalid(path, data, "field is immutable");
    } else if (data == null) errors.required(path, "data is mandatory");
    else if (!data.isObject()) errors.invalid(path, data, "data must be a JSON object");
    var number = Tree.number(0, revision, "revision");
    if (number < 0) {
      errors.invalid(FieldPath.of("revision"), number, "must be greater than or equal to 0");
    }
  }

  @Override
  public List<TableColumn> columns() {
    return List.of(
        TableColumn.NAME,
        TableColumn.text("Controller", ControllerRevisionStrategy::controller),
        TableColumn.number("Revision", revision -> Tree.number(0, revision, "revision")),
        TableColumn.AGE);
  }

  private static String controller(ObjectNode revision) {
    for (var owner : Tree.objects(revision, "metadata", "ownerReferences")) {
      if (!Tree.flag(owner, "controller")) continue;
      var apiVersion = Tree.text(owner, "apiVersion");
      var slash = apiVersion.indexOf('/');
      var kind = Tree.text(owner, "kind").toLowerCase(Locale.ROOT);
      var group = slash < 0 ? "" : "." + apiVersion.substring(0, slash);
      return kind + group + "/" + Tree.text(owner, "name");
    }
    return "<none>";
  }
}
