package io.ordinal.platform.business;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What administrators want of a business.
///
/// @param members users who own it when it is made
/// @param clusters the clusters that it may use, by their ids
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProjectSpec(
    String displayName,
    List<String> members,
    Map<String, Limits> clusters,
    String parentProjectName) {

  /// The most that the namespaces in one cluster may have together.
  ///
  /// @param hard what is not named is unlimited
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Limits(Map<String, Quantity> hard) {
    public Limits(@Nullable Map<String, Quantity> hard) {
      this.hard = Absent.asEmpty(hard);
    }
  }

  static final ProjectSpec NONE = new ProjectSpec(null, null, null, null);

  public ProjectSpec(
      @Nullable String displayName,
      @Nullable List<String> members,
      @Nullable Map<String, Limits> clusters,
      @Nullable String parentProjectName) {
    this.displayName = Absent.asEmpty(displayName);
    this.members = Absent.asEmpty(members);
    this.clusters = Absent.asEmpty(clusters);
    this.parentProjectName = Absent.asEmpty(parentProjectName);
  }
}
