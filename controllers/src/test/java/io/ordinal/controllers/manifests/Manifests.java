package io.ordinal.controllers.manifests;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/// Objects written as people write them.
public final class Manifests {
  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  private Manifests() {}

  /// The manifest without kind and apiVersion; what every stored object has is added.
  public static <T extends HasMetadata> T of(Class<T> type, String yaml) {
    T object = YAML.unmarshal("---\n" + yaml, type);
    var metadata = object.getMetadata();
    if (metadata.getUid() == null) {
      metadata.setUid(metadata.getName() + "-uid");
    }
    if (metadata.getResourceVersion() == null) {
      metadata.setResourceVersion("1");
    }
    if (metadata.getNamespace() == null && object instanceof Namespaced) {
      metadata.setNamespace("default");
    }
    return object;
  }

  /// A pod of one container; `spec` is YAML below `spec:`, `containers` included when wanted.
  public static Pod pod(String name, String spec) {
    String containers = spec.contains("containers:") ? "" : ", containers: [{name: c, image: i}]";
    return of(
        Pod.class,
        "{metadata: {name: %s, labels: {app: web}}, spec: {%s}}"
            .formatted(name, (spec + containers).replaceFirst("^, ", "")));
  }

  /// A ready node with 4 cores, 8 GiB and room for 110 pods; `more` are further fields of its spec.
  public static Node node(String name, String labels, String more) {
    return of(
        Node.class,
        """
        metadata: {name: %s, labels: {kubernetes.io/hostname: %s%s}}
        spec: {%s}
        status:
          allocatable: {cpu: "4", memory: 8Gi, ephemeral-storage: 100Gi, pods: "110"}
          conditions: [{type: Ready, status: "True", lastTransitionTime: "2026-01-01T00:00:00Z"}]
        """
            .formatted(name, name, labels.isEmpty() ? "" : ", " + labels, more));
  }

  public static Node node(String name) {
    return node(name, "", "");
  }

  public static PersistentVolumeClaim claim(String name, String metadata, String spec) {
    return of(
        PersistentVolumeClaim.class,
        "{metadata: {name: %s%s}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}%s}, status: {phase: Pending}}"
            .formatted(name, more(metadata), more(spec)));
  }

  public static PersistentVolume volume(String name, String metadata, String spec, String phase) {
    return of(
        PersistentVolume.class,
        "{metadata: {name: %s%s}, spec: {accessModes: [ReadWriteOnce]%s%s}, status: {phase: %s}}"
            .formatted(
                name,
                more(metadata),
                spec.contains("capacity:") ? "" : ", capacity: {storage: 10Gi}",
                more(spec),
                phase));
  }

  public static StorageClass storageClass(String name, String provisioner, String mode) {
    return of(
        StorageClass.class,
        "{metadata: {name: %s}, provisioner: %s, volumeBindingMode: %s, reclaimPolicy: Delete}"
            .formatted(name, provisioner, mode));
  }

  private static String more(String fields) {
    return fields.isEmpty() ? "" : ", " + fields;
  }
}
