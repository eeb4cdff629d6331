package io.ordinal.platform.business;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// What has become of a binding; the platform alone writes it.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PolicyStatus(String phase, String reason, String message) {

  static final PolicyStatus NONE = new PolicyStatus(null, null, null);

  public PolicyStatus(@Nullable String phase, @Nullable String reason, @Nullable String message) {
    this.phase = Absent.asEmpty(phase);
    this.reason = Absent.asEmpty(reason);
    this.message = Absent.asEmpty(message);
  }
}
