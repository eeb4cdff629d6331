package io.ordinal.platform.business;

import io.ordinal.kube.Informer;
import io.ordinal.kube.Informers;
import io.ordinal.kube.ObjectKey;
import java.util.List;
import java.util.Optional;

/// The businesses of a hub, kept true by watches: late, perhaps, and empty before [#synced].
///
/// It follows nothing before [#start], which is for the time when the kinds are served.
public final class Businesses implements AutoCloseable {

  private final Informers informers;
  private final Informer<Project> projects;
  private final Informer<BusinessNamespace> namespaces;
  private final Informer<ProjectPolicyBinding> bindings;

  /// @param informers of the hub; closed with this
  public Businesses(Informers informers) {
    this.informers = informers;
    this.projects = informers.of(Project.class);
    this.namespaces = informers.of(BusinessNamespace.class);
    this.bindings = informers.of(ProjectPolicyBinding.class);
  }

  /// Begins to follow them.
  public void start() {
    informers.start();
  }

  /// Whether everything that was there at the start is known.
  public boolean synced() {
    return informers.synced();
  }

  /// The business of this name.
  public Optional<Project> find(String name) {
    return projects.get(new ObjectKey("", name));
  }

  /// All businesses.
  public List<Project> all() {
    return projects.list();
  }

  /// The namespaces of a business, whatever their phase.
  public List<BusinessNamespace> namespacesOf(String project) {
    return namespaces.list(project);
  }

  /// Who has been given a role in a business.
  public List<ProjectPolicyBinding> bindingsOf(String project) {
    return bindings.list(project);
  }

  /// For those who have to hear of changes.
  public Informer<Project> projects() {
    return projects;
  }

  /// For those who have to hear of changes.
  public Informer<BusinessNamespace> namespaces() {
    return namespaces;
  }

  /// For those who have to hear of changes.
  public Informer<ProjectPolicyBinding> bindings() {
    return bindings;
  }

  Informers informers() {
    return informers;
  }

  @Override
  public void close() {
    informers.close();
  }
}
