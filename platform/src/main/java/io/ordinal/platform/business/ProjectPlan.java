package io.ordinal.platform.business;

import io.fabric8.kubernetes.api.model.Namespace;
import io.ordinal.platform.business.ProjectPlan.Step.AddFinalizer;
import io.ordinal.platform.business.ProjectPlan.Step.DeleteBinding;
import io.ordinal.platform.business.ProjectPlan.Step.DeleteHome;
import io.ordinal.platform.business.ProjectPlan.Step.DeleteNamespace;
import io.ordinal.platform.business.ProjectPlan.Step.MakeHome;
import io.ordinal.platform.business.ProjectPlan.Step.MakeOwners;
import io.ordinal.platform.business.ProjectPlan.Step.RemoveFinalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// What one look at a business has decided.
///
/// @param steps to be done in this order
/// @param status what it says afterwards, times apart
record ProjectPlan(List<Step> steps, ProjectStatus status) {

  /// One thing to do.
  sealed interface Step {
    record AddFinalizer() implements Step {}

    record MakeHome() implements Step {}

    record MakeOwners(List<String> users) implements Step {}

    record DeleteNamespace(BusinessNamespace namespace) implements Step {}

    record DeleteBinding(ProjectPolicyBinding binding) implements Step {}

    record DeleteHome(Namespace home) implements Step {}

    record RemoveFinalizer() implements Step {}
  }

  /// What was seen.
  ///
  /// @param namespaces those of the business, in the order in which they are granted
  /// @param home the hub's namespace of this name
  /// @param told the objects whose clusters hold exactly the limits that were granted
  /// @param isCluster whether a cluster is known
  record Observed(
      Project project,
      List<BusinessNamespace> namespaces,
      List<ProjectPolicyBinding> bindings,
      Optional<Namespace> home,
      Set<String> told,
      Predicate<String> isCluster,
      Predicate<String> isProject) {}

  static final String FINALIZER = "business.tkestack.io/project";

  private static final int SHOWN_NAMES = 3;

  static ProjectPlan of(Observed seen) {
    return seen.project().beingDeleted() ? ending(seen) : alive(seen);
  }

  private static ProjectPlan ending(Observed seen) {
    if (!hasFinalizer(seen.project())) return waiting(seen, "");
    if (!seen.namespaces().isEmpty()) {
      var steps =
          seen.namespaces().stream()
              .filter(each -> !each.beingDeleted())
              .<Step>map(DeleteNamespace::new)
              .toList();
      var names = seen.namespaces().stream().map(BusinessNamespace::name).toList();
      return waiting(seen, "namespaces are being deleted: " + shown(names), steps);
    }
    var left = granted(seen.project().getStatus());
    if (!left.isEmpty()) return waiting(seen, "namespaces are being deleted: " + shown(left));
    if (!seen.bindings().isEmpty()) {
      var steps =
          seen.bindings().stream()
              .filter(each -> !each.beingDeleted())
              .<Step>map(DeleteBinding::new)
              .toList();
      return waiting(seen, "its members are being removed", steps);
    }
    var home = seen.home().filter(each -> isHome(each, seen.project().name()));
    if (home.isEmpty()) return waiting(seen, "", List.of(new RemoveFinalizer()));
    return waiting(
        seen,
        "its namespace is being deleted",
        home.get().getMetadata().getDeletionTimestamp() == null
            ? List.of(new DeleteHome(home.get()))
            : List.of());
  }

  private static List<String> granted(ProjectStatus status) {
    return status.clusters().entrySet().stream()
        .flatMap(ledger ->
            ledger.getValue().namespaces().keySet().stream()
                .map(name -> new Place(ledger.getKey(), name).objectName()))
        .toList();
  }

  private static String shown(List<String> names) {
    var some = String.join(", ", names.subList(0, Math.min(SHOWN_NAMES, names.size())));
    return names.size() > SHOWN_NAMES
        ? "%s and %d more".formatted(some, names.size() - SHOWN_NAMES)
        : some;
  }

  private static ProjectPlan waiting(Observed seen, String message) {
    return waiting(seen, message, List.of());
  }

  private static ProjectPlan waiting(Observed seen, String message, List<Step> steps) {
    var status = seen.project().getStatus();
    return new ProjectPlan(
        steps, new ProjectStatus(Project.TERMINATING, true, "", message, "", status.clusters()));
  }

  private static ProjectPlan alive(Observed seen) {
    var refused = obstacle(seen);
    if (refused.isPresent()) return stopped(seen, Project.FAILED, refused.get());
    if (isNew(seen.project()) && !seen.project().getSpec().parentProjectName().isEmpty()) {
      return stopped(
          seen,
          Project.PENDING,
          new Refused(
              Refused.PARENT_NOT_SUPPORTED, "a business cannot be part of another one yet"));
    }
    return active(seen);
  }

  /// What is in the way of its own namespace.
  private static Optional<Refused> obstacle(Observed seen) {
    var name = seen.project().name();
    return Place.reserved(name)
        .or(() ->
            seen.home()
                .filter(home -> !isHome(home, name))
                .map(_ ->
                    Refused.of(
                        Refused.CONFLICT_PROJECT,
                        "namespace %s is there already and is not this business's",
                        name)))
        .or(() ->
            seen.home()
                .filter(home -> home.getMetadata().getDeletionTimestamp() != null)
                .map(_ ->
                    Refused.of(
                        Refused.NAMESPACE_NOT_ACTIVE, "namespace %s is being deleted", name)));
  }

  /// A namespace that was made for work is no business's home, whatever its business.
  private static boolean isHome(Namespace namespace, String project) {
    var labels = namespace.getMetadata().getLabels();
    return labels != null
        && project.equals(labels.get(Project.LABEL))
        && !labels.containsKey(BusinessNamespace.LABEL);
  }

  private static ProjectPlan stopped(Observed seen, String phase, Refused why) {
    var status = seen.project().getStatus();
    return new ProjectPlan(
        List.of(),
        new ProjectStatus(
            phase, isNew(seen.project()), why.reason(), why.message(), "", status.clusters()));
  }

  private static ProjectPlan active(Observed seen) {
    var project = seen.project();
    var steps = new ArrayList<Step>();
    if (!hasFinalizer(project)) steps.add(new AddFinalizer());
    if (seen.home().isEmpty()) steps.add(new MakeHome());
    if (isNew(project) && !project.getSpec().members().isEmpty()) {
      steps.add(new MakeOwners(project.getSpec().members()));
    }
    var granting = Granting.of(seen);
    var why = granting.refused();
    return new ProjectPlan(
        steps,
        new ProjectStatus(
            Project.ACTIVE, false, why.reason(), why.message(), "", granting.clusters()));
  }

  /// Whether it has never been ready: its owners are bound that once.
  private static boolean isNew(Project project) {
    var status = project.getStatus();
    return status.phase().isEmpty() || status.locked();
  }

  private static boolean hasFinalizer(Project project) {
    return project.getMetadata().getFinalizers().contains(FINALIZER);
  }

  /// What the ledgers of its clusters say after everybody was asked, and what was refused to the
  /// business itself.
  record Granting(Map<String, Ledger> clusters, Refused refused) {
    static Granting of(Observed seen) {
      return new GrantingPass(seen).result();
    }
  }
}
