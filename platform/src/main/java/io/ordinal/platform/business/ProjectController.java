package io.ordinal.platform.business;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.ordinal.kube.ObjectKey;
import io.ordinal.kube.Outcome;
import io.ordinal.kube.Timestamps;
import io.ordinal.kube.Writer;
import io.ordinal.platform.business.ProjectPlan.Observed;
import io.ordinal.platform.business.ProjectPlan.Step;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Keeps businesses as they are wanted: their own namespaces on the hub, their owners, what their
/// namespaces have been granted, and their end.
final class ProjectController {

  private static final Duration LOOK_FOR_CLUSTERS = Duration.ofSeconds(30);
  private static final Comparator<BusinessNamespace> OLDEST_FIRST =
      Comparator.<BusinessNamespace, String>comparing(
              each -> String.valueOf(each.getMetadata().getCreationTimestamp()))
          .thenComparing(BusinessNamespace::name);

  private final KubernetesClient hub;
  private final Writer writer;
  private final Businesses businesses;
  private final Predicate<String> isCluster;
  private final InstantSource wall;
  private final InstantSource steady;

  ProjectController(
      KubernetesClient hub,
      Businesses businesses,
      Predicate<String> isCluster,
      InstantSource wall,
      InstantSource steady) {
    this.hub = hub;
    this.writer = new Writer(hub);
    this.businesses = businesses;
    this.isCluster = isCluster;
    this.wall = wall;
    this.steady = steady;
  }

  Outcome reconcile(ObjectKey key) {
    var project = businesses.find(key.name());
    if (project.isEmpty()) return Outcome.DONE;
    var seen = observe(project.get());
    var plan = ProjectPlan.of(seen);
    var current = perform(seen.project(), plan);
    current.ifPresent(each -> write(each, plan.status()));
    return plan.status().reason().equals(Refused.CLUSTER_NOT_FOUND)
        ? new Outcome.LookAgainAt(steady.instant().plus(LOOK_FOR_CLUSTERS))
        : Outcome.DONE;
  }

  private Observed observe(Project project) {
    var namespaces = businesses.namespacesOf(project.name()).stream().sorted(OLDEST_FIRST).toList();
    var home = hub.namespaces().withName(project.name()).get();
    return new Observed(
        project,
        namespaces,
        businesses.bindingsOf(project.name()),
        Optional.ofNullable(home),
        told(project),
        isCluster,
        name -> businesses.find(name).isPresent());
  }

  /// Whether limits are in force is asked of the hub itself, after the ledger was read: a cache may
  /// still show what was in force before.
  private Set<String> told(Project project) {
    var told = new HashSet<String>();
    project
        .getStatus()
        .clusters()
        .forEach((cluster, ledger) ->
            ledger
                .namespaces()
                .forEach((namespace, grant) -> {
                  var object = new Place(cluster, namespace).objectName();
                  if (grant.held() != null && isInForce(project.name(), object, grant)) {
                    told.add(object);
                  }
                }));
    return told;
  }

  private boolean isInForce(String project, String object, Grant grant) {
    var namespace =
        hub.resources(BusinessNamespace.class).inNamespace(project).withName(object).get();
    return namespace != null && namespace.getStatus().hard().equals(grant.hard());
  }

  /// Answers the business as it is now; empty when it is gone.
  private Optional<Project> perform(Project project, ProjectPlan plan) {
    try {
      var current = Optional.of(project);
      for (var step : plan.steps()) {
        var now = current.orElse(project);
        current = perform(now, step);
      }
      return current;
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
        write(project, notPermitted(project, String.valueOf(e.getMessage())));
      }
      throw e;
    }
  }

  private Optional<Project> perform(Project project, Step step) {
    switch (step) {
      case Step.AddFinalizer() -> {
        return Optional.of(writer.addFinalizer(project, ProjectPlan.FINALIZER));
      }
      case Step.RemoveFinalizer() -> {
        writer.removeFinalizer(project, ProjectPlan.FINALIZER);
        return Optional.empty();
      }
      case Step.MakeHome() -> writer.createIfAbsent(home(project));
      case Step.MakeOwners(List<String> users) -> writer.createIfAbsent(owners(project, users));
      case Step.DeleteNamespace(BusinessNamespace namespace) -> writer.delete(namespace);
      case Step.DeleteBinding(ProjectPolicyBinding binding) -> writer.delete(binding);
      case Step.DeleteHome(Namespace home) -> writer.delete(home);
    }
    return Optional.of(project);
  }

  private static Namespace home(Project project) {
    return new NamespaceBuilder()
        .withNewMetadata()
        .withName(project.name())
        .withLabels(Map.of(Project.LABEL, project.name()))
        .endMetadata()
        .build();
  }

  private static ProjectPolicyBinding owners(Project project, List<String> users) {
    var metadata = new ObjectMetaBuilder().withName(ProjectPolicyBinding.OWNER);
    return ProjectPolicyBinding.ofOwners(project.name(), metadata, users, List.of());
  }

  private static ProjectStatus notPermitted(Project project, String message) {
    var status = project.getStatus();
    var phase = status.phase().isEmpty() ? Project.PENDING : status.phase();
    var locked = status.phase().isEmpty() || status.locked();
    return new ProjectStatus(phase, locked, Refused.NOT_PERMITTED, message, "", status.clusters());
  }

  private void write(Project project, ProjectStatus wanted) {
    var known = project.getStatus();
    var changed = !known.phase().equals(wanted.phase()) || !known.reason().equals(wanted.reason());
    var time = changed ? Timestamps.seconds(wall.instant()) : known.lastTransitionTime();
    var status = wanted.at(time);
    if (status.equals(known)) return;
    var copy = new Project();
    copy.setMetadata(project.getMetadata());
    copy.setSpec(project.getSpec());
    copy.setStatus(status);
    writer.replaceStatus(copy);
  }
}
