package io.ordinal.server.kinds;

import io.ordinal.schema.Gvk;
import io.ordinal.server.Verb;
import io.ordinal.server.registry.Answer;
import io.ordinal.server.registry.Call;
import io.ordinal.server.registry.Kind;
import io.ordinal.server.registry.Metadata;
import io.ordinal.server.registry.Registry;
import io.ordinal.server.registry.Subresource;
import io.ordinal.server.tree.Json;
import io.ordinal.server.tree.Tree;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// `namespaces/finalize`: takes a namespace's own finalizers away; with the last one, a terminating
/// namespace goes.
final class Finalize {
  private static final Gvk NAMESPACE = new Gvk("", "v1", "Namespace");

  private Finalize() {}

  static Subresource subresource() {
    return new Subresource("finalize", NAMESPACE, Set.of(Verb.UPDATE), Finalize::answer);
  }

  private static Answer answer(Kind kind, Call call, Registry registry) {
    var body = registry.body(call, NAMESPACE);
    var namespace =
        registry.rewrite(call, kind, body.dryRun(), old -> withFinalizersOf(body.object(), old));
    return new Answer.One(200, Json.write(namespace), body.warnings());
  }

  private static ObjectNode withFinalizersOf(ObjectNode sent, ObjectNode old) {
    Tree.carry("resourceVersion", Metadata.of(sent), Metadata.of(old));
    var spec = Tree.make(old, "spec");
    var finalizers = Tree.elements(sent, "spec", "finalizers");
    if (finalizers.isEmpty()) spec.remove("finalizers");
    else finalizers.forEach(spec.putArray("finalizers")::add);
    return old;
  }
}
