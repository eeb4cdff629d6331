package io.ordinal.server.registry;

import io.ordinal.schema.Decoded;
import io.ordinal.server.ApiException;
import io.ordinal.server.Status;
import io.ordinal.server.registry.Answer.Many;
import io.ordinal.server.registry.Answer.One;
import io.ordinal.server.registry.Write.Part;
import io.ordinal.server.tree.Json;
import io.ordinal.server.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/// The endpoints that write: from a request's body to the answer that tells what came of it.
final class WriteEndpoints {
  private final Bodies bodies;
  private final Reader reader;
  private final Writer writer;
  private final Remover remover;

  WriteEndpoints(Bodies bodies, Reader reader, Writer writer, Remover remover) {
    this.bodies = bodies;
    this.reader = reader;
    this.writer = writer;
    this.remover = remover;
  }

  Answer create(Kind kind, Call call) {
    var options = WriteOptions.of(call.query(), "CreateOptions");
    var decoded = bodies.read(call, kind.gvk(), options.fieldValidation().strictness());
    var warnings = options.judge(decoded.problems());
    return created(Write.of(kind, call, options.dryRun()), decoded.tree(), warnings);
  }

  private One created(Write write, ObjectNode shown, List<String> problems) {
    var kind = write.kind();
    var object = kind.toStored(shown);
    var warnings = warnings(problems, kind.strategy().warnings(object));
    var written = writer.create(write, object);
    return new One(201, kind.shown(written.json()), warnings(warnings, written.warnings()));
  }

  private static List<String> warnings(List<String> some, List<String> more) {
    if (more.isEmpty()) return List.copyOf(some);
    var all = new ArrayList<>(some);
    all.addAll(more);
    return List.copyOf(all);
  }

  Answer update(Kind kind, Call call, Part part) {
    var options = WriteOptions.of(call.query(), "UpdateOptions");
    var decoded = bodies.read(call, kind.gvk(), options.fieldValidation().strictness());
    var problems = options.judge(decoded.problems());
    var write = Write.of(kind, call, options.dryRun()).only(part);
    var absent = part == Part.OBJECT && kind.has(Trait.CREATED_BY_UPDATE) && !exists(write);
    if (absent) return createByUpdate(write, decoded, problems);
    var object = kind.toStored(decoded.tree());
    var written = writer.update(write, old -> object.deepCopy());
    var warnings = warnings(problems, kind.strategy().warnings(object));
    return new One(200, kind.shown(written.json()), warnings(warnings, written.warnings()));
  }

  private Answer createByUpdate(Write write, Decoded decoded, List<String> problems) {
    var metadata = Metadata.of(decoded.tree());
    metadata.remove("resourceVersion");
    Tree.otherwise(metadata, "name", write.name());
    return created(write, decoded.tree(), problems);
  }

  boolean exists(Write write) {
    return reader.find(write.key()).isPresent();
  }

  Answer patch(Kind kind, Call call, Part part) {
    var options = WriteOptions.of(call.query(), "PatchOptions");
    var patch = Patches.read(call, kind, bodies.type(kind.gvk()));
    var warnings = new ArrayList<String>();
    UnaryOperator<ObjectNode> next =
        old -> {
          var patched = patch.apply(shown(kind, old));
          var decoded = bodies.reread(patched, kind.gvk(), options.fieldValidation().strictness());
          warnings.clear();
          warnings.addAll(options.judge(decoded.problems()));
          return kind.toStored(decoded.tree());
        };
    var written = writer.update(Write.of(kind, call, options.dryRun()).only(part), next);
    return new One(200, kind.shown(written.json()), warnings(warnings, written.warnings()));
  }

  /// A patch leaves its target as it is, a conversion does not.
  private static ObjectNode shown(Kind kind, ObjectNode stored) {
    return kind.strategy().conversion().isEmpty() ? stored : kind.toShown(stored.deepCopy());
  }

  Answer delete(Kind kind, Call call) {
    var options = DeleteOptions.of(call, bodies);
    var removed = remover.delete(Write.of(kind, call, options.dryRun()), options);
    var code = !removed.gone() && options.answersAccepted() ? 202 : 200;
    if (!removed.gone() || kind.has(Trait.DELETE_ANSWERS_OBJECT)) {
      return new One(code, kind.shown(removed.json()));
    }
    var uid = Metadata.uid(Json.parse(removed.json()));
    var details =
        new Status.Details(call.target().name(), kind.group(), kind.resource(), uid, List.of(), 0);
    return new One(code, Status.success(code, details).json());
  }

  Answer deleteCollection(Kind kind, Call call) {
    var options = DeleteOptions.of(call, bodies);
    var selection = ListOptions.selection(kind, call);
    var deleted = new ArrayList<byte[]>();
    var many = reader.list(selection);
    for (var item : many.items()) {
      var name = Metadata.name(Json.parse(item));
      var write = Write.of(kind, call, options.dryRun()).named(name);
      try {
        deleted.add(kind.shown(remover.delete(write, options).json()));
      } catch (ApiException e) {
        if (e.status().code() != 404) throw e;
      }
    }
    return new Many(
        many.apiVersion(), many.kind(), many.resourceVersion(), "", OptionalLong.empty(), deleted);
  }
}
