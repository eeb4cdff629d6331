package io.ordinal.server.kinds;

import io.ordinal.schema.Gvk;
import io.ordinal.server.ApiException;
import io.ordinal.server.Status;
import io.ordinal.server.Target;
import io.ordinal.server.Verb;
import io.ordinal.server.registry.Answer;
import io.ordinal.server.registry.Call;
import io.ordinal.server.registry.Kind;
import io.ordinal.server.registry.Metadata;
import io.ordinal.server.registry.Refusals;
import io.ordinal.server.registry.Registry;
import io.ordinal.server.registry.Strategy;
import io.ordinal.server.registry.Subresource;
import io.ordinal.server.tree.Conditions;
import io.ordinal.server.tree.Tree;
import io.ordinal.server.validation.FieldErrors;
import io.ordinal.server.validation.FieldPath;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// `pods/binding`: how a scheduler gives a pod its node, once.
final class Binding {
  static final Gvk GVK = new Gvk("", "v1", "Binding");

  private final InstantSource clock;

  Binding(InstantSource clock) {
    this.clock = clock;
  }

  Subresource subresource() {
    return Subresource.creating("binding", GVK, this::answer);
  }

  /// `bindings`, the older form: the pod is the one of the binding's own name.
  Kind kind() {
    return Kind.namespaced(GVK.apiVersion(), GVK.kind(), "bindings")
        .only(Verb.CREATE)
        .ruledBy(
            new Strategy() {
              @Override
              public Optional<Subresource.Handler> handler() {
                return Optional.of((bindings, call, registry) -> post(call, registry));
              }
            });
  }

  private Answer post(Call call, Registry registry) {
    var pods = registry.kinds().get("", "pods");
    var name = Metadata.name(registry.read(call, GVK));
    if (name.isEmpty()) throw Refusals.badRequest("name is required");
    var target =
        new Target(Verb.CREATE, "", "v1", "pods", "binding", call.target().namespace(), name);
    return answer(pods, call.with(target), registry);
  }

  private Answer answer(Kind pods, Call call, Registry registry) {
    var body = registry.body(call, GVK);
    var binding = body.object();
    var node = node(binding, call.target().name());
    registry.rewrite(call, pods, body.dryRun(), pod -> bind(pods, pod, binding, node));
    return new Answer.One(201, Status.success(201, Status.Details.NONE).json(), body.warnings());
  }

  private static String node(ObjectNode binding, String name) {
    var errors = new FieldErrors();
    var target = FieldPath.of("target");
    var kind = Tree.text(binding, "target", "kind");
    if (!kind.isEmpty() && !kind.equals("Node")) {
      errors.unsupported(target.child("kind"), kind, List.of("Node", "<empty>"));
    }
    var node = Tree.text(binding, "target", "name");
    if (node.isEmpty()) errors.required(target.child("name"), "");
    if (!errors.isEmpty()) throw Refusals.invalid("", GVK.kind(), name, errors);
    return node;
  }

  private ObjectNode bind(Kind pods, ObjectNode pod, ObjectNode binding, String node) {
    var name = Metadata.name(pod);
    if (Metadata.isBeingDeleted(pod)) {
      throw conflict(pods, name, "pod " + name + " is being deleted, cannot be assigned to a host");
    }
    var present = Tree.text(pod, "spec", "nodeName");
    if (!present.isEmpty()) {
      throw conflict(
          pods, name, "pod " + name + " is already assigned to node \"" + present + "\"");
    }
    if (!Tree.elements(pod, "spec", "schedulingGates").isEmpty()) {
      throw conflict(pods, name, "pod " + name + " has non-empty .spec.schedulingGates");
    }
    for (var precondition : List.of("uid", "resourceVersion")) {
      var wanted = Tree.text(binding, "metadata", precondition);
      if (!wanted.isEmpty()) Metadata.of(pod).put(precondition, wanted);
    }
    Tree.make(pod, "spec").put("nodeName", node);
    var annotations = Metadata.annotations(binding);
    if (!annotations.isEmpty()) annotations.forEach(Tree.make(pod, "metadata", "annotations")::put);
    var scheduled = Tree.object("type", "PodScheduled").put("status", "True");
    Conditions.set(Tree.make(pod, "status"), scheduled, Metadata.time(clock.instant()));
    return pod;
  }

  private static ApiException conflict(Kind pods, String name, String why) {
    var status = Status.conflict(pods.group(), "pods/binding", name, why);
    return new ApiException(status);
  }
}
