package io.ordinal.controllers.volume;

import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import java.util.List;
import java.util.Map;

/// The classes that a fresh cluster has.
///
/// | class | for |
/// |---|---|
/// | `standard` | claims that name no class: it is the default one |
/// | `cbs` | manifests written for Tencent Cloud, such as the guide's, where it stands for a cloud disk |
///
/// Both make local volumes and wait for the first consumer: a directory belongs to one node, and
/// the scheduler must be free to choose a node on which the pod has room. Both may grow.
public final class StorageClasses {
  private StorageClasses() {}

  public static List<StorageClass> ofFreshCluster() {
    return List.of(local("standard", Map.of(Claims.DEFAULT_CLASS, "true")), local("cbs", Map.of()));
  }

  private static StorageClass local(String name, Map<String, String> annotations) {
    return new StorageClassBuilder()
        .withNewMetadata()
        .withName(name)
        .withAnnotations(annotations)
        .endMetadata()
        .withProvisioner(LocalProvisioner.NAME)
        .withReclaimPolicy("Delete")
        .withVolumeBindingMode("WaitForFirstConsumer")
        .withAllowVolumeExpansion(true)
        .build();
  }
}
