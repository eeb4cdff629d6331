package io.ordinal.server.admission;

import io.ordinal.server.ApiException;
import io.ordinal.server.Status;
import io.ordinal.server.Status.Cause;
import io.ordinal.server.registry.Admission;
import io.ordinal.server.registry.Attributes;
import io.ordinal.server.registry.Kind;
import io.ordinal.server.registry.Metadata;
import io.ordinal.server.registry.Objects;
import io.ordinal.server.registry.Refusals;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Nothing is created in a namespace that is missing or about to go, and some namespaces never go.
final class NamespaceLifecycle implements Admission {
  private static final Set<String> IMMORTAL = Set.of("default", "kube-system", "kube-public");

  private final Kind namespaces;
  private final Objects objects;

  NamespaceLifecycle(Kind namespaces, Objects objects) {
    this.namespaces = namespaces;
    this.objects = objects;
  }

  @Override
  public void mutate(Attributes about, ObjectNode object, @Nullable ObjectNode old) {
    var name = about.namespace();
    if (!about.creates() || name.isEmpty() || !about.kind().namespaced()) return;
    var namespace =
        objects.find(namespaces, "", name).orElseThrow(() -> Refusals.notFound(namespaces, name));
    if (Metadata.isBeingDeleted(namespace)) throw terminating(about);
  }

  private static ApiException terminating(Attributes about) {
    var kind = about.kind();
    var namespace = about.namespace();
    var status =
        Status.forbidden(
            kind.group(),
            kind.resource(),
            about.name(),
            "unable to create new content in namespace "
                + namespace
                + " because it is being terminated");
    var cause =
        new Cause(
            "NamespaceTerminating",
            "namespace " + namespace + " is being terminated",
            "metadata.namespace");
    var details = status.details().with(List.of(cause));
    return new ApiException(
        Status.failure(status.code(), status.reason(), status.message(), details));
  }

  @Override
  public void validate(Attributes about, @Nullable ObjectNode object, @Nullable ObjectNode old) {
    if (object == null && about.isFor("", "namespaces") && IMMORTAL.contains(about.name())) {
      throw Refusals.forbidden(about.kind(), about.name(), "this namespace may not be deleted");
    }
  }
}
