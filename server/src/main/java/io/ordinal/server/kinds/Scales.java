package io.ordinal.server.kinds;

import io.ordinal.schema.Gvk;
import io.ordinal.server.ApiException;
import io.ordinal.server.Status;
import io.ordinal.server.registry.Answer;
import io.ordinal.server.registry.Call;
import io.ordinal.server.registry.Kind;
import io.ordinal.server.registry.LabelSelector;
import io.ordinal.server.registry.Metadata;
import io.ordinal.server.registry.Refusals;
import io.ordinal.server.registry.Registry;
import io.ordinal.server.registry.Subresource;
import io.ordinal.server.tree.Json;
import io.ordinal.server.tree.Tree;
import io.ordinal.server.validation.FieldErrors;
import io.ordinal.server.validation.FieldPath;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// `/scale` of everything that has replicas: the number alone, in a shape that all of them share
/// (statefulset-semantics 1.3).
final class Scales {
  private static final Gvk SCALE = new Gvk("autoscaling", "v1", "Scale");
  private static final List<String> SHOWN =
      List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp");

  private Scales() {}

  static Subresource subresource() {
    return Subresource.changing("scale", SCALE, Scales::answer);
  }

  private static Answer answer(Kind kind, Call call, Registry registry) {
    var target = call.target();
    try {
      return switch (target.verb()) {
        case UPDATE -> update(kind, call, registry);
        case PATCH -> patch(kind, call, registry);
        default ->
            new Answer.One(
                200, Json.write(scale(registry.get(kind, target.namespace(), target.name()))));
      };
    } catch (ApiException e) {
      throw about(kind, target.name(), e);
    }
  }

  /// What is missing is the scale.
  private static ApiException about(Kind kind, String name, ApiException e) {
    if (e.status().code() != 404) return e;
    return new ApiException(Status.notFound(kind.group(), kind.resource() + "/scale", name));
  }

  private static ObjectNode scale(ObjectNode object) {
    var scale = Tree.object("kind", SCALE.kind()).put("apiVersion", SCALE.apiVersion());
    var metadata = scale.putObject("metadata");
    for (var field : SHOWN) Tree.carryAs(field, Metadata.of(object), field, metadata);
    var replicas = Tree.number(0, object, "spec", "replicas");
    var spec = scale.putObject("spec");
    if (replicas != 0) spec.put("replicas", replicas);
    var status = scale.putObject("status");
    status.put("replicas", Tree.number(0, object, "status", "replicas"));
    status.put("selector", LabelSelector.of(Tree.at(object, "spec", "selector")).toString());
    return scale;
  }

  private static Answer update(Kind kind, Call call, Registry registry) {
    var body = registry.body(call, SCALE);
    var warnings = new ArrayList<>(body.warnings());
    return changed(kind, call, registry, body.dryRun(), warnings, old -> body.object());
  }

  private static Answer patch(Kind kind, Call call, Registry registry) {
    var warnings = new ArrayList<String>();
    var dryRun = call.query().has("dryRun");
    return changed(
        kind,
        call,
        registry,
        dryRun,
        warnings,
        old -> {
          var patched = registry.patched(call, kind, SCALE, scale(old));
          warnings.clear();
          warnings.addAll(patched.warnings());
          return patched.object();
        });
  }

  /// Makes the wanted scale from the stored object.
  private interface Wanted {
    ObjectNode from(ObjectNode old);
  }

  private static Answer changed(
      Kind kind,
      Call call,
      Registry registry,
      boolean dryRun,
      List<String> warnings,
      Wanted wanted) {
    var object =
        registry.change(
            call,
            kind,
            dryRun,
            old -> {
              var scale = wanted.from(old);
              validate(scale, call.target().name());
              var metadata = Metadata.of(old);
              Tree.carry("resourceVersion", Metadata.of(scale), metadata);
              if (Tree.has(scale, "metadata", "uid")) {
                Tree.carry("uid", Metadata.of(scale), metadata);
              }
              Tree.make(old, "spec").put("replicas", Tree.number(0, scale, "spec", "replicas"));
              return old;
            });
    return new Answer.One(200, Json.write(scale(object)), List.copyOf(warnings));
  }

  private static void validate(ObjectNode scale, String name) {
    var errors = new FieldErrors();
    var replicas = Tree.number(0, scale, "spec", "replicas");
    if (replicas < 0) {
      errors.invalid(
          FieldPath.SPEC.child("replicas"), replicas, "must be greater than or equal to 0");
    }
    if (!errors.isEmpty()) throw Refusals.invalid(SCALE.group(), SCALE.kind(), name, errors);
    var sent = Metadata.name(scale);
    if (!sent.isEmpty() && !sent.equals(name)) {
      throw Refusals.badRequest(
          "the name of the object ("
              + sent
              + ") does not match the name on the URL ("
              + name
              + ")");
    }
  }
}
