package io.ordinal.platform.business;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who shall have which role.
///
/// @param projectID the business
/// @param policyID the role
/// @param users names of the console's users
/// @param groups names of the console's groups
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PolicySpec(
    String projectID, String policyID, List<String> users, List<String> groups) {

  static final PolicySpec NONE = new PolicySpec(null, null, null, null);

  public PolicySpec(
      @Nullable String projectID,
      @Nullable String policyID,
      @Nullable List<String> users,
      @Nullable List<String> groups) {
    this.projectID = Absent.asEmpty(projectID);
    this.policyID = Absent.asEmpty(policyID);
    this.users = Absent.asEmpty(users);
    this.groups = Absent.asEmpty(groups);
  }
}
