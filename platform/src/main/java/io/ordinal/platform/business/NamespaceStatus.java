package io.ordinal.platform.business;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What has become of a business's namespace; the platform alone writes it.
///
/// @param phase `Pending`, `Available`, `Failed` or `Terminating`; "" before the first look
/// @param hard the limits in force
/// @param used what is used of them
/// @param resourceQuotaName the ResourceQuota that holds them; "" without limits
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NamespaceStatus(
    String phase,
    Map<String, Quantity> hard,
    Map<String, Quantity> used,
    String resourceQuotaName,
    String reason,
    String message,
    String lastTransitionTime) {

  static final NamespaceStatus NONE = new NamespaceStatus(null, null, null, null, null, null, null);

  public NamespaceStatus(
      @Nullable String phase,
      @Nullable Map<String, Quantity> hard,
      @Nullable Map<String, Quantity> used,
      @Nullable String resourceQuotaName,
      @Nullable String reason,
      @Nullable String message,
      @Nullable String lastTransitionTime) {
    this.phase = Absent.asEmpty(phase);
    this.hard = Absent.asEmpty(hard);
    this.used = Absent.asEmpty(used);
    this.resourceQuotaName = Absent.asEmpty(resourceQuotaName);
    this.reason = Absent.asEmpty(reason);
    this.message = Absent.asEmpty(message);
    this.lastTransitionTime = Absent.asEmpty(lastTransitionTime);
  }

  /// The same, since another time.
  NamespaceStatus at(String time) {
    return new NamespaceStatus(phase, hard, used, resourceQuotaName, reason, message, time);
  }

  /// The same limits in another phase.
  NamespaceStatus waiting(String otherPhase, Refused why) {
    return new NamespaceStatus(
        otherPhase, hard, used, resourceQuotaName, why.reason(), why.message(), lastTransitionTime);
  }

  /// The same with other limits.
  NamespaceStatus with(Map<String, Quantity> otherHard) {
    return new NamespaceStatus(
        phase, otherHard, used, resourceQuotaName, reason, message, lastTransitionTime);
  }
}
