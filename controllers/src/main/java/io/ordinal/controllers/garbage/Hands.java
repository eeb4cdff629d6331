package io.ordinal.controllers.garbage;

import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PartialObjectMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.ordinal.controllers.discovery.ApiKind;
import io.ordinal.kube.ShortAnswer;
import java.net.HttpURLConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads and changes objects of any kind. Every change names the version it was decided on.
final class Hands {
  private final KubernetesClient client;

  Hands(KubernetesClient client) {
    this.client = client;
  }

  /// The object's metadata, under the name of its own kind.
  Optional<PartialObjectMetadata> get(ApiKind kind, String namespace, String name) {
    var seen = ShortAnswer.get(client, path(kind, namespace, name));
    seen.ifPresent(object -> {
      object.setApiVersion(kind.apiVersion());
      object.setKind(kind.kind());
    });
    return seen;
  }

  /// The object if it is still this one.
  Optional<PartialObjectMetadata> get(Thing thing) {
    return get(thing.kind(), thing.namespace(), thing.name())
        .filter(o -> thing.uid().equals(o.getMetadata().getUid()));
  }

  void delete(Thing thing, PartialObjectMetadata seen, GarbagePlan.Policy policy) {
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
    ignoringAbsence(() -> client.raw("/" + path(thing), "DELETE", options));
  }

  void setOwners(Thing thing, PartialObjectMetadata seen, List<OwnerReference> owners) {
    patch(thing, seen, "ownerReferences", owners);
  }

  void removeFinalizer(Thing thing, PartialObjectMetadata seen, String finalizer) {
    List<String> rest =
        seen.getMetadata().getFinalizers().stream().filter(f -> !f.equals(finalizer)).toList();
    patch(thing, seen, "finalizers", rest);
  }

  private void patch(Thing thing, PartialObjectMetadata seen, String field, Object value) {
    Map<String, Object> metadata = new HashMap<>();
    metadata.put("uid", thing.uid());
    metadata.put("resourceVersion", seen.getMetadata().getResourceVersion());
    metadata.put(field, value);
    String body = client.getKubernetesSerialization().asJson(Map.of("metadata", metadata));
    ignoringAbsence(() -> ShortAnswer.merge(client, path(thing), body));
  }

  private static String path(Thing thing) {
    return path(thing.kind(), thing.namespace(), thing.name());
  }

  private static String path(ApiKind kind, String namespace, String name) {
    String within = kind.namespaced() ? "/namespaces/" + namespace : "";
    return kind.type().root() + within + "/" + kind.type().plural() + "/" + name;
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
