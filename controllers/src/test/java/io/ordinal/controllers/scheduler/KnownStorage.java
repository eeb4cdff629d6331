package io.ordinal.controllers.scheduler;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.ordinal.controllers.volume.Claims;
import java.util.List;
import java.util.Optional;

/// Claims and volumes given as values.
record KnownStorage(
    List<PersistentVolumeClaim> claims, List<PersistentVolume> volumes, List<StorageClass> classes)
    implements Storage {
  static final KnownStorage NONE = new KnownStorage(List.of(), List.of(), List.of());

  @Override
  public Optional<PersistentVolumeClaim> claim(String namespace, String name) {
    return named(claims, name);
  }

  @Override
  public Optional<PersistentVolume> volume(String name) {
    return named(volumes, name);
  }

  @Override
  public Optional<StorageClass> storageClass(String name) {
    return named(classes, name);
  }

  @Override
  public List<PersistentVolume> volumesOf(String className) {
    return volumes.stream().filter(v -> Claims.className(v).equals(className)).toList();
  }

  private static <T extends HasMetadata> Optional<T> named(List<T> all, String name) {
    return all.stream().filter(o -> o.getMetadata().getName().equals(name)).findFirst();
  }
}
