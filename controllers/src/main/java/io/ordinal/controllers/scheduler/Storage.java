package io.ordinal.controllers.scheduler;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.List;
import java.util.Optional;

/// What the scheduler must know of claims and volumes.
interface Storage {
  Optional<PersistentVolumeClaim> claim(String namespace, String name);

  Optional<PersistentVolume> volume(String name);

  Optional<StorageClass> storageClass(String name);

  /// The volumes of a class, bound ones too.
  List<PersistentVolume> volumesOf(String className);
}
