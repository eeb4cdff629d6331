package io.ordinal.platform.business;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;

/// Who has a role in the business whose hub namespace it is in.
@Group("auth.tkestack.io")
@Version("v1")
@Kind("ProjectPolicyBinding")
@Plural("projectpolicybindings")
public final class ProjectPolicyBinding extends CustomResource<PolicySpec, PolicyStatus>
    implements Namespaced {

  /// The policy of those who run a business.
  public static final String OWNER = "project-owner";

  private static final long serialVersionUID = 1;

  /// A binding that makes people the owners of a business.
  ///
  /// @param metadata its name, or how one begins
  public static ProjectPolicyBinding ofOwners(
      String project, ObjectMetaBuilder metadata, List<String> users, List<String> groups) {
    var binding = new ProjectPolicyBinding();
    binding.setMetadata(metadata.withNamespace(project).build());
    binding.setSpec(new PolicySpec(project, OWNER, users, groups));
    return binding;
  }

  @Override
  protected PolicySpec initSpec() {
    return PolicySpec.NONE;
  }

  @Override
  protected PolicyStatus initStatus() {
    return PolicyStatus.NONE;
  }

  /// Its name.
  public String name() {
    return getMetadata().getName();
  }

  /// The business that it belongs to.
  public String project() {
    return getMetadata().getNamespace();
  }

  /// Whether somebody has asked for its end.
  public boolean beingDeleted() {
    return getMetadata().getDeletionTimestamp() != null;
  }
}
