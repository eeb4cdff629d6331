package io.ordinal.kube;

import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Preconditions;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes through a Kubernetes client. Every change names the version of the object that it was
/// decided on, so that a decision about the past is refused (409) and made anew.
public final class Writer {
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
  private static final PatchContext STRATEGIC = PatchContext.of(PatchType.STRATEGIC_MERGE);

  private final KubernetesClient client;

  public Writer(KubernetesClient client) {
    this.client = client;
  }

  public <T extends HasMetadata> T create(T object) {
    return client.resource(object).create();
  }

  /// Creates what is not there; empty when something of that name exists.
  public <T extends HasMetadata> Optional<T> createIfAbsent(T object) {
    try {
      return Optional.of(create(object));
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /// Puts the object in place of the version that it carries.
  public <T extends HasMetadata> T replace(T object) {
    return client.resource(object).update();
  }

  public <T extends HasMetadata> T replaceStatus(T object) {
    return client.resource(object).updateStatus();
  }

  /// A JSON merge patch of exactly this version of the object.
  public <T extends HasMetadata> T merge(T object, Map<String, ?> change) {
    return client.resource(object).patch(MERGE, json(versioned(object, change)));
  }

  /// Sets annotations, or removes those whose value is null.
  public <T extends HasMetadata> T annotate(T object, Map<String, @Nullable String> annotations) {
    return merge(object, Map.of("metadata", Map.of("annotations", annotations)));
  }

  /// A strategic merge patch of the status, or a JSON merge patch where the kind is a custom one,
  /// which knows no other; the object must still be the same, not the same version.
  public <T extends HasMetadata> T mergeStatus(T object, Map<String, ?> status) {
    Map<String, Object> body = new HashMap<>();
    body.put("metadata", Map.of("uid", object.getMetadata().getUid()));
    body.put("status", status);
    var context = object instanceof CustomResource ? MERGE : STRATEGIC;
    return client.resource(object).subresource("status").patch(context, json(body));
  }

  /// With one more finalizer.
  public <T extends HasMetadata> T addFinalizer(T object, String finalizer) {
    var all = new ArrayList<>(object.getMetadata().getFinalizers());
    all.add(finalizer);
    return finalizers(object, all);
  }

  /// Without that finalizer; nothing happens when it, or the object, is gone.
  public void removeFinalizer(HasMetadata object, String finalizer) {
    var rest = new ArrayList<>(object.getMetadata().getFinalizers());
    if (!rest.remove(finalizer)) return;
    try {
      finalizers(object, rest);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) throw e;
    }
  }

  private <T extends HasMetadata> T finalizers(T object, List<String> all) {
    return merge(object, Map.of("metadata", Map.of("finalizers", all)));
  }

  private Map<String, Object> versioned(HasMetadata object, Map<String, ?> change) {
    Map<String, Object> body = new HashMap<>(change);
    Map<String, Object> metadata = new HashMap<>();
    if (change.get("metadata") instanceof Map<?, ?> given) {
      given.forEach((key, value) -> metadata.put((String) key, value));
    }
    metadata.put("resourceVersion", object.getMetadata().getResourceVersion());
    body.put("metadata", metadata);
    return body;
  }

  /// Deletes exactly this object, whatever its version; nothing happens when it is gone already.
  public void delete(HasMetadata object) {
    delete(object, new DeleteOptionsBuilder().build());
  }

  /// Deletes exactly this object without waiting for its node.
  public void deleteNow(HasMetadata object) {
    delete(object, new DeleteOptionsBuilder().withGracePeriodSeconds(0L).build());
  }

  /// Deletes this object if it is still of the version that was looked at.
  public void deleteUnchanged(HasMetadata object) {
    Preconditions same =
        new Preconditions(object.getMetadata().getResourceVersion(), object.getMetadata().getUid());
    delete(object, new DeleteOptionsBuilder().withPreconditions(same).build());
  }

  private void delete(HasMetadata object, DeleteOptions options) {
    if (options.getPreconditions() == null) {
      options.setPreconditions(new Preconditions(null, object.getMetadata().getUid()));
    }
    options.setApiVersion("v1");
    options.setKind("DeleteOptions");
    try {
      send("DELETE", Paths.of(object), options);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
    }
  }

  /// Anything else: a body sent to a path below the server's root.
  public void send(String method, String path, Object body) {
    client.raw(path, method, body);
  }

  private String json(Object body) {
    return client.getKubernetesSerialization().asJson(body);
  }
}
