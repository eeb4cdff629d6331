package io.ordinal.controllers.write;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.ordinal.kube.ObjectKey;
import java.util.List;
import java.util.Optional;

/// What a controller asks of the API server itself, beside what its informers tell: few enough
/// verbs that a world of values can stand in for the server in simulations. A refusal is a
/// `KubernetesClientException` with the server's code.
public interface ObjectApi {
  <T extends HasMetadata> T create(T object);

  /// Puts the object in place of the version that it carries; 409 when that is no longer the
  /// newest.
  <T extends HasMetadata> T replace(T object);

  <T extends HasMetadata> T replaceStatus(T object);

  /// Changes nothing but who owns the object, if it is still of the version that it carries.
  <T extends HasMetadata> T replaceOwners(T object, List<OwnerReference> owners);

  /// The object as the server has it now, not as a cache has it.
  <T extends HasMetadata> Optional<T> find(Class<T> type, ObjectKey key);

  /// Asks for the end of exactly this object (its UID is the precondition); nothing happens when it
  /// is gone already.
  void delete(HasMetadata object);
}
