package io.ordinal.platform.members;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.ordinal.platform.business.PolicyStatus;
import io.ordinal.platform.business.ProjectPolicyBinding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The members of a business, and what has to be said of each of its bindings.
///
/// @param verdicts by the binding's name
record Roster(List<Membership> memberships, Map<String, PolicyStatus> verdicts) {

  static final PolicyStatus IN_FORCE = new PolicyStatus("Active", "", "");

  static final Roster EMPTY = new Roster(List.of(), Map.of());

  interface Policies {
    Optional<ClusterRole> find(String name);
  }

  /// @param policies finds the ClusterRoles that administrators have made for businesses
  static Roster of(String project, Collection<ProjectPolicyBinding> bindings, Policies policies) {
    var memberships = new ArrayList<Membership>();
    var verdicts = new LinkedHashMap<String, PolicyStatus>();
    for (var binding : bindings) {
      var asked = asked(binding);
      var problem = problem(project, binding, asked.policy(), policies);
      if (problem.isEmpty()) memberships.add(asked.withoutForeignNames());
      verdicts.put(binding.name(), problem.orElseGet(() -> verdict(asked)));
    }
    return new Roster(List.copyOf(memberships), Map.copyOf(verdicts));
  }

  private static Membership asked(ProjectPolicyBinding binding) {
    var spec = binding.getSpec();
    return new Membership(Policy.of(spec.policyID()), spec.users(), spec.groups());
  }

  private static Optional<PolicyStatus> problem(
      String project, ProjectPolicyBinding binding, Policy policy, Policies policies) {
    if (!binding.getSpec().projectID().equals(project)) {
      return failed("ProjectMismatch", "projectID must be \"%s\"".formatted(project));
    }
    return switch (policy) {
      case Policy.BuiltIn _ -> Optional.empty();
      case Policy.Custom(var name) -> problem(name, policies.find(name));
    };
  }

  private static Optional<PolicyStatus> problem(String name, Optional<ClusterRole> policy) {
    if (policy.isEmpty()) {
      return failed("PolicyNotFound", "there is no policy \"%s\"".formatted(name));
    }
    return PolicyBounds.problem(policy.get().getRules())
        .flatMap(
            why -> failed("PolicyTooWide", "policy \"%s\" is not given: %s".formatted(name, why)));
  }

  private static Optional<PolicyStatus> failed(String reason, String message) {
    return Optional.of(new PolicyStatus("Failed", reason, message));
  }

  private static PolicyStatus verdict(Membership asked) {
    return asked
        .foreignName()
        .map(name ->
            new PolicyStatus(
                "Active",
                "MemberIgnored",
                "\"%s\" cannot be a member: such names are the clusters' own".formatted(name)))
        .orElse(IN_FORCE);
  }

  /// What the user is, the highest of all that he is.
  Optional<Policy> policyOf(String user, Set<String> groups) {
    return memberships.stream()
        .filter(each -> each.includes(user, groups))
        .map(Membership::policy)
        .min(java.util.Comparator.comparingInt(Policy::rank));
  }

  /// Whether somebody owns the business.
  boolean hasOwner() {
    return memberships.stream()
        .anyMatch(each -> each.policy() == Policy.BuiltIn.OWNER && !each.isEmpty());
  }

  /// The custom policies that somebody has.
  Set<Policy.Custom> customPolicies() {
    var customs = new TreeSet<Policy.Custom>(java.util.Comparator.comparing(Policy.Custom::id));
    for (var each : memberships) if (each.policy() instanceof Policy.Custom c) customs.add(c);
    return customs;
  }
}
