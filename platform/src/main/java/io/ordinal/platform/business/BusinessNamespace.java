package io.ordinal.platform.business;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/// A namespace of the business whose hub namespace it is in; its kind is `Namespace`, too.
@Group(Project.GROUP)
@Version("v1")
@Kind("Namespace")
@Plural("namespaces")
public final class BusinessNamespace extends CustomResource<NamespaceSpec, NamespaceStatus>
    implements Namespaced {

  /// On the namespace in its cluster: the name of the object that it was made for.
  public static final String LABEL = "tkestack.io/namespaceName";

  public static final String PENDING = "Pending";
  public static final String AVAILABLE = "Available";
  public static final String FAILED = "Failed";
  public static final String TERMINATING = "Terminating";

  private static final long serialVersionUID = 1;

  @Override
  protected NamespaceSpec initSpec() {
    return NamespaceSpec.NONE;
  }

  @Override
  protected NamespaceStatus initStatus() {
    return NamespaceStatus.NONE;
  }

  /// Its name, which is that of its cluster and that of its namespace with `-` between them.
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

  /// Whether its namespace is there and may be worked in.
  public boolean available() {
    return getStatus().phase().equals(AVAILABLE);
  }
}
