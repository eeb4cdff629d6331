package io.ordinal.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import org.jspecify.annotations.Nullable;

/// Resource versions of one kind can be compared as numbers (KEP-5504).
public final class ResourceVersions {
  private ResourceVersions() {}

  /// 0 for an object that carries none.
  public static long of(HasMetadata object) {
    return parse(object.getMetadata().getResourceVersion());
  }

  static long parse(@Nullable String version) {
    return version == null || version.isEmpty() ? 0 : Long.parseLong(version);
  }
}
