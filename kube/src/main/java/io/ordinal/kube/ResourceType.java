package io.ordinal.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;

/// A collection at the API server; `group` is empty for the core one.
public record ResourceType(String group, String version, String plural) {

  public static ResourceType of(Class<? extends HasMetadata> type) {
    var group = HasMetadata.getGroup(type);
    return new ResourceType(
        group == null ? "" : group, HasMetadata.getVersion(type), HasMetadata.getPlural(type));
  }

  /// The path of its group and version below the server's root, without a slash at either end.
  public String root() {
    return group.isEmpty() ? "api/" + version : "apis/" + group + "/" + version;
  }
}
