package io.ordinal.controllers.garbage;

import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.ordinal.controllers.discovery.ApiKind;
import java.net.HttpURLConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads and changes objects of any kind. Every change names the version it was decided on.
final class Hands {
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private final KubernetesClient client;

  Hands(KubernetesClient client) {
    this.client = client;
  }

  Optional<GenericKubernetesResource> get(ApiKind kind, String namespace, String name) {
    var all = client.genericKubernetesResources(kind.context());
    return Optional.ofNullable(
        kind.namespaced()
            ? all.inNamespace(namespace).withName(name).get()
            : all.withName(name).get());
  }

  /// The object if it is still this one.
  Optional<GenericKubernetesResource> get(Thing thing) {
    return get(thing.kind(), thing.namespace(), thing.name())
        .filter(o -> thing.uid().equals(o.getMetadata().getUid()));
  }

  void delete(Thing thing, GenericKubernetesResource seen, GarbagePlan.Policy policy) {
    var options =
        new DeleteOptionsBuilder()
            .withApiVersion("v1")
            .withKind("DeleteOptions")
            .withPropagationPolicy(policy.word())
            .withNewPreconditions()
            .withUid(thing.uid())
            .withResourceVersion(seen.getMetadata().getResourceVersion())
            .endPreconditions()
            .build();
    ignoringAbsence(() -> client.raw(path(thing), "DELETE", options));
  }

  void setOwners(Thing thing, GenericKubernetesResource seen, List<OwnerReference> owners) {
    patch(thing, seen, "ownerReferences", owners);
  }

  void removeFinalizer(Thing thing, GenericKubernetesResource seen, String finalizer) {
    List<String> rest =
        seen.getMetadata().getFinalizers().stream().filter(f -> !f.equals(finalizer)).toList();
    patch(thing, seen, "finalizers", rest);
  }

  private void patch(Thing thing, GenericKubernetesResource seen, String field, Object value) {
    Map<String, Object> metadata = new HashMap<>();
    metadata.put("uid", thing.uid());
    metadata.put("resourceVersion", seen.getMetadata().getResourceVersion());
    metadata.put(field, value);
    String body = client.getKubernetesSerialization().asJson(Map.of("metadata", metadata));
    ignoringAbsence(() -> resource(thing, seen).patch(MERGE, body));
  }

  private Resource<GenericKubernetesResource> resource(
      Thing thing, GenericKubernetesResource seen) {
    var all = client.genericKubernetesResources(thing.kind().context());
    return thing.kind().namespaced()
        ? all.inNamespace(thing.namespace()).resource(seen)
        : all.resource(seen);
  }

  private static String path(Thing thing) {
    String within = thing.kind().namespaced() ? "/namespaces/" + thing.namespace() : "";
    return "/"
        + thing.kind().type().root()
        + within
        + "/"
        + thing.kind().type().plural()
        + "/"
        + thing.name();
  }

  private static void ignoringAbsence(Runnable change) {
    try {
      change.run();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
    }
  }
}
