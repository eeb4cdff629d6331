package io.ordinal.controllers.scheduler;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.ordinal.controllers.context.ControllerContext;
import io.ordinal.controllers.volume.Claims;
import io.ordinal.kube.Informer;
import io.ordinal.kube.ObjectKey;
import java.util.List;
import java.util.Optional;

/// Claims and volumes as the informers know them.
final class InformerStorage implements Storage {
  private static final String BY_CLASS = "class";

  private final Informer<PersistentVolumeClaim> claims;
  private final Informer<PersistentVolume> volumes;
  private final Informer<StorageClass> classes;

  InformerStorage(ControllerContext context) {
    claims = context.informer(PersistentVolumeClaim.class);
    volumes = context.informer(PersistentVolume.class);
    classes = context.informer(StorageClass.class);
    volumes.addIndex(BY_CLASS, v -> List.of(Claims.className(v)));
  }

  @Override
  public Optional<PersistentVolumeClaim> claim(String namespace, String name) {
    return claims.get(new ObjectKey(namespace, name));
  }

  @Override
  public Optional<PersistentVolume> volume(String name) {
    return volumes.get(new ObjectKey("", name));
  }

  @Override
  public Optional<StorageClass> storageClass(String name) {
    return classes.get(new ObjectKey("", name));
  }

  @Override
  public List<PersistentVolume> volumesOf(String className) {
    return volumes.by(BY_CLASS, className);
  }
}
