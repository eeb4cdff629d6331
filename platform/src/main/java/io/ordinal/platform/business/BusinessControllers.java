package io.ordinal.platform.business;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.ordinal.kube.Controller;
import io.ordinal.kube.Intent;
import io.ordinal.kube.ObjectKey;
import io.ordinal.kube.Scope;
import io.ordinal.kube.WorkQueue;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The controllers of businesses and their namespaces.
///
/// They run in one of two ways: [#start] gives them threads, or somebody calls [#step] again and
/// again.
public final class BusinessControllers implements AutoCloseable {

  private static final int WORKERS = 2;

  private final Businesses businesses;
  private final Controller projects;
  private final Lanes lanes;
  private @Nullable Thread starting;

  /// @param businesses of the hub; stepped with this, closed with this
  /// @param wall gives the times that objects carry
  /// @param steady measures pauses
  public BusinessControllers(
      KubernetesClient hub,
      Businesses businesses,
      ClusterClients clusters,
      InstantSource wall,
      InstantSource steady,
      RandomGenerator random) {
    this.businesses = businesses;
    var project = new ProjectController(hub, businesses, clusters::has, wall, steady);
    this.projects =
        new Controller("businesses", project::reconcile, new WorkQueue<>(steady), WORKERS);
    var namespace = new NamespaceController(hub, businesses, clusters, wall, steady);
    this.lanes = new Lanes(namespace, clusters, steady, random);
    businesses.projects().onChange(this::projectChanged);
    businesses.namespaces().onChange(this::namespaceChanged);
    businesses.bindings().onChange(this::bindingChanged);
    businesses
        .informers()
        .of(Namespace.class, new Scope("", Project.LABEL, ""))
        .onChange(this::homeChanged);
  }

  /// What a business's namespaces may have has perhaps changed, and some that have gone may have
  /// left something behind.
  private void projectChanged(@Nullable Project before, @Nullable Project after) {
    var project = after == null ? before : after;
    if (project == null) return;
    projects.queue().add(new ObjectKey("", project.name()));
    businesses.namespacesOf(project.name()).forEach(each -> lanes.look(ObjectKey.of(each)));
    project
        .getStatus()
        .clusters()
        .forEach((cluster, ledger) ->
            ledger
                .namespaces()
                .keySet()
                .forEach(name ->
                    lanes.look(
                        new ObjectKey(project.name(), new Place(cluster, name).objectName()))));
  }

  private void namespaceChanged(
      @Nullable BusinessNamespace before, @Nullable BusinessNamespace after) {
    var namespace = after == null ? before : after;
    if (namespace == null) return;
    if (before != null && after != null && matters(before).equals(matters(after))) return;
    projects.queue().add(new ObjectKey("", namespace.project()));
    lanes.look(ObjectKey.of(namespace));
  }

  /// What changes nothing of this changes nobody's mind: most changes are of what is used, which
  /// matters to whoever waits for other limits.
  private static List<Object> matters(BusinessNamespace namespace) {
    var status = namespace.getStatus();
    var waits = !namespace.getSpec().hard().equals(status.hard());
    return List.of(
        Intent.of(namespace),
        namespace.getMetadata().getFinalizers(),
        status.phase(),
        status.hard(),
        waits ? status.used() : Map.of());
  }

  private void bindingChanged(
      @Nullable ProjectPolicyBinding before, @Nullable ProjectPolicyBinding after) {
    var binding = after == null ? before : after;
    if (binding != null) projects.queue().add(new ObjectKey("", binding.project()));
  }

  private void homeChanged(@Nullable Namespace before, @Nullable Namespace after) {
    var home = after == null ? before : after;
    if (home != null) projects.queue().add(new ObjectKey("", home.getMetadata().getName()));
  }

  /// Begins when the businesses are known, which somebody else has begun to follow; it returns at
  /// once.
  public synchronized void start() {
    starting = businesses.informers().whenSynced("businesses-start", this::startNow);
  }

  private void startNow() {
    projects.start();
    lanes.start();
  }

  /// One bounded piece of work of each part that has some; whether there was any. Not to be mixed
  /// with [#start].
  public boolean step() {
    var worked = businesses.informers().step();
    if (!businesses.synced()) return worked;
    worked |= projects.step();
    worked |= lanes.step();
    return worked;
  }

  @Override
  public synchronized void close() {
    if (starting != null) starting.interrupt();
    projects.close();
    lanes.close();
    businesses.close();
  }
}
