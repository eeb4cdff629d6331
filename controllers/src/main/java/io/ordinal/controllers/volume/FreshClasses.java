package io.ordinal.controllers.volume;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.ordinal.controllers.context.ControllerContext;
import io.ordinal.kube.ObjectKey;
import io.ordinal.kube.Outcome;
import io.ordinal.kube.Writer;
import java.util.Map;
import java.util.Objects;

/// Creates the storage classes of a fresh cluster once in its life, when the controllers begin. A
/// class that is there is left as it is, and one that somebody has deleted stays deleted: an
/// annotation of the namespace kube-system remembers that they have been made.
public final class FreshClasses {
  private static final String MADE = "ordinal.io/storage-classes-made";

  private final KubernetesClient client;
  private final Writer writer;

  /// Adds the task to the context's controllers.
  public FreshClasses(ControllerContext context) {
    client = context.client("local-provisioner");
    writer = new Writer(client);
    context.controller("storage-classes", _ -> make(), 1).add(new ObjectKey("", "storage-classes"));
  }

  private Outcome make() {
    var home = client.namespaces().withName("kube-system").require();
    if (!hasMark(home)) {
      StorageClasses.ofFreshCluster().forEach(writer::createIfAbsent);
      writer.annotate(home, Map.of(MADE, "true"));
    }
    return Outcome.DONE;
  }

  private static boolean hasMark(HasMetadata home) {
    return Objects.requireNonNullElse(home.getMetadata().getAnnotations(), Map.of())
        .containsKey(MADE);
  }
}
