package io.ordinal.platform.business;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/// A business. Its namespace on the hub has its name.
@Group(Project.GROUP)
@Version("v1")
@Kind("Project")
@Plural("projects")
public final class Project extends CustomResource<ProjectSpec, ProjectStatus> {

  public static final String GROUP = "business.tkestack.io";

  /// On every namespace of a business, here and in its clusters: the business.
  public static final String LABEL = "tkestack.io/projectName";

  public static final String PENDING = "Pending";
  public static final String ACTIVE = "Active";
  public static final String TERMINATING = "Terminating";
  public static final String FAILED = "Failed";

  private static final long serialVersionUID = 1;

  @Override
  protected ProjectSpec initSpec() {
    return ProjectSpec.NONE;
  }

  @Override
  protected ProjectStatus initStatus() {
    return ProjectStatus.NONE;
  }

  /// Its name.
  public String name() {
    return getMetadata().getName();
  }

  /// Whether somebody has asked for its end.
  public boolean beingDeleted() {
    return getMetadata().getDeletionTimestamp() != null;
  }
}
