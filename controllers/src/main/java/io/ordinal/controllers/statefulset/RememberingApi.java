package io.ordinal.controllers.statefulset;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.ordinal.controllers.write.ObjectApi;
import io.ordinal.kube.Consistency;
import io.ordinal.kube.ObjectKey;
import java.util.List;
import java.util.Optional;

/// Notes every write that is made for a set, so that the next pass over it waits until the caches
/// show it.
record RememberingApi(ObjectApi api, Caches caches, Consistency consistency, ObjectKey set)
    implements ObjectApi {

  @Override
  public <T extends HasMetadata> T create(T object) {
    return wrote(api.create(object));
  }

  @Override
  public <T extends HasMetadata> T replace(T object) {
    return wrote(api.replace(object));
  }

  @Override
  public <T extends HasMetadata> T replaceStatus(T object) {
    return wrote(api.replaceStatus(object));
  }

  @Override
  public <T extends HasMetadata> T replaceOwners(T object, List<OwnerReference> owners) {
    return wrote(api.replaceOwners(object, owners));
  }

  @Override
  public <T extends HasMetadata> Optional<T> find(Class<T> type, ObjectKey key) {
    return api.find(type, key);
  }

  @Override
  public void delete(HasMetadata object) {
    api.delete(object);
    consistency.deleted(set, caches.informerOf(object), object);
  }

  private <T extends HasMetadata> T wrote(T result) {
    consistency.wrote(set, caches.informerOf(result), result);
    return result;
  }
}
