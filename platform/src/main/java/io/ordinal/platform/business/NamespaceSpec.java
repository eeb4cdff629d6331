package io.ordinal.platform.business;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What owners of a business want of a namespace.
///
/// @param clusterName the id of its cluster
/// @param namespace its name there
/// @param hard the most that it may have; what is not named is unlimited
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NamespaceSpec(String clusterName, String namespace, Map<String, Quantity> hard) {

  static final NamespaceSpec NONE = new NamespaceSpec(null, null, null);

  public NamespaceSpec(
      @Nullable String clusterName,
      @Nullable String namespace,
      @Nullable Map<String, Quantity> hard) {
    this.clusterName = Absent.asEmpty(clusterName);
    this.namespace = Absent.asEmpty(namespace);
    this.hard = Absent.asEmpty(hard);
  }
}
