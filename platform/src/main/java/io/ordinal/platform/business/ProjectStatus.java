package io.ordinal.platform.business;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What has become of a business; the platform alone writes it.
///
/// @param phase `Pending`, `Active`, `Terminating` or `Failed`; "" before the first look
/// @param locked whether nothing may be made in it yet
/// @param clusters the limits in force, by clusters' ids, and who has been granted how much
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProjectStatus(
    String phase,
    boolean locked,
    String reason,
    String message,
    String lastTransitionTime,
    Map<String, Ledger> clusters) {

  static final ProjectStatus NONE = new ProjectStatus(null, false, null, null, null, null);

  public ProjectStatus(
      @Nullable String phase,
      boolean locked,
      @Nullable String reason,
      @Nullable String message,
      @Nullable String lastTransitionTime,
      @Nullable Map<String, Ledger> clusters) {
    this.phase = Absent.asEmpty(phase);
    this.locked = locked;
    this.reason = Absent.asEmpty(reason);
    this.message = Absent.asEmpty(message);
    this.lastTransitionTime = Absent.asEmpty(lastTransitionTime);
    this.clusters = Absent.asEmpty(clusters);
  }

  /// The clusters in which the business has been granted namespaces.
  public Set<String> clustersInUse() {
    return clusters.entrySet().stream()
        .filter(ledger -> !ledger.getValue().namespaces().isEmpty())
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /// The same, since another time.
  ProjectStatus at(String time) {
    return new ProjectStatus(phase, locked, reason, message, time, clusters);
  }

  /// The same with other ledgers.
  ProjectStatus with(Map<String, Ledger> ledgers) {
    return new ProjectStatus(phase, locked, reason, message, lastTransitionTime, ledgers);
  }
}
