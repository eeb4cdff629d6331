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
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/// `/scale` of everything that has replicas: the number alone, in a shape that all of them share
/// (statefulset-semantics 1.3). Where the number stands, the kind says.
public final class Scales {
  private static final Gvk SCALE = new Gvk("autoscaling", "v1", "Scale");
  private static final List<String> SHOWN =
      List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp");

  private final Count wanted;
  private final Count present;
  private final Function<ObjectNode, String> selector;

  /// Where a number of replicas stands.
  private record Count(List<String> path) {
    static Count at(String jsonPath) {
      return new Count(List.of(jsonPath.substring(1).split("\\.", -1)));
    }

    long in(ObjectNode object) {
      return Tree.number(0, object, path.toArray(String[]::new));
    }

    void set(ObjectNode object, long count) {
      var parent = path.subList(0, path.size() - 1);
      Tree.make(object, parent.toArray(String[]::new)).put(path.getLast(), count);
    }
  }

  private Scales(Count wanted, Count present, Function<ObjectNode, String> selector) {
    this.wanted = wanted;
    this.present = present;
    this.selector = selector;
  }

  /// Of a workload: a number in the spec, one in the status, and a selector of its pods.
  static Subresource subresource() {
    return of(
        new Scales(
            Count.at(".spec.replicas"),
            Count.at(".status.replicas"),
            object -> LabelSelector.of(Tree.at(object, "spec", "selector")).toString()));
  }

  /// Of a custom resource, whose definition says where the numbers and the selector's text stand.
  ///
  /// @param selectorPath empty when there is no selector
  public static Subresource subresource(
      String wantedPath, String presentPath, String selectorPath) {
    var selector =
        selectorPath.isEmpty() ? new String[0] : selectorPath.substring(1).split("\\.", -1);
    return of(
        new Scales(
            Count.at(wantedPath),
            Count.at(presentPath),
            object -> selector.length == 0 ? "" : Tree.text(object, selector)));
  }

  private static Subresource of(Scales scales) {
    return Subresource.changing("scale", SCALE, scales::answer);
  }

  private Answer answer(Kind kind, Call call, Registry registry) {
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

  private ObjectNode scale(ObjectNode object) {
    var scale = Tree.object("kind", SCALE.kind()).put("apiVersion", SCALE.apiVersion());
    var metadata = scale.putObject("metadata");
    for (var field : SHOWN) Tree.carryAs(field, Metadata.of(object), field, metadata);
    var replicas = wanted.in(object);
    var spec = scale.putObject("spec");
    if (replicas != 0) spec.put("replicas", replicas);
    var status = scale.putObject("status");
    status.put("replicas", present.in(object));
    status.put("selector", selector.apply(object));
    return scale;
  }

  private Answer update(Kind kind, Call call, Registry registry) {
    var body = registry.body(call, SCALE);
    var warnings = new ArrayList<>(body.warnings());
    return changed(kind, call, registry, body.dryRun(), warnings, old -> body.object());
  }

  private Answer patch(Kind kind, Call call, Registry registry) {
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
  private interface Next {
    ObjectNode from(ObjectNode old);
  }

  private Answer changed(
      Kind kind, Call call, Registry registry, boolean dryRun, List<String> warnings, Next next) {
    var object =
        registry.change(
            call,
            kind,
            dryRun,
            old -> {
              var scale = next.from(old);
              validate(scale, call.target().name());
              var metadata = Metadata.of(old);
              Tree.carry("resourceVersion", Metadata.of(scale), metadata);
              if (Tree.has(scale, "metadata", "uid")) {
                Tree.carry("uid", Metadata.of(scale), metadata);
              }
              wanted.set(old, Tree.number(0, scale, "spec", "replicas"));
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
