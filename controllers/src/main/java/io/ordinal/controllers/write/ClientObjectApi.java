package io.ordinal.controllers.write;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.ordinal.kube.ObjectKey;
import io.ordinal.kube.Writer;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The API server behind a client.
public final class ClientObjectApi implements ObjectApi {
  private final KubernetesClient client;
  private final Writer writer;

  public ClientObjectApi(KubernetesClient client) {
    this.client = client;
    this.writer = new Writer(client);
  }

  @Override
  public <T extends HasMetadata> T create(T object) {
    return writer.create(object);
  }

  @Override
  public <T extends HasMetadata> T replace(T object) {
    return writer.replace(object);
  }

  @Override
  public <T extends HasMetadata> T replaceStatus(T object) {
    return writer.replaceStatus(object);
  }

  @Override
  public <T extends HasMetadata> T replaceOwners(T object, List<OwnerReference> owners) {
    return writer.merge(object, Map.of("metadata", Map.of("ownerReferences", owners)));
  }

  @Override
  public <T extends HasMetadata> Optional<T> find(Class<T> type, ObjectKey key) {
    var resource = client.resources(type).inNamespace(key.namespace()).withName(key.name());
    return Optional.ofNullable(resource.get());
  }

  /// Another object of that name is not the one that was meant: that one is gone.
  @Override
  public void delete(HasMetadata object) {
    try {
      writer.delete(object);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) throw e;
    }
  }
}
