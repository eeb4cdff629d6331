package io.ordinal.platform.members;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.ordinal.kube.Informer;
import io.ordinal.kube.ObjectKey;
import io.ordinal.platform.business.BusinessNamespace;
import io.ordinal.platform.business.Businesses;
import io.ordinal.platform.business.Project;
import io.ordinal.platform.clusters.Member;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// Who is a member of what, and what that gives him where: as the hub's objects say it now.
///
/// @param policies the ClusterRoles that administrators have made for businesses
record Register(Businesses businesses, Informer<ClusterRole> policies) {

  /// Phases in which nothing has been granted yet.
  private static final Set<String> NOT_YET = Set.of("", BusinessNamespace.PENDING);

  /// Whether everything is known. Who decided before would take away rights.
  boolean synced() {
    return businesses.synced() && policies.synced();
  }

  Optional<Project> project(String name) {
    return businesses.find(name);
  }

  /// Of a business that is not there: nobody.
  Roster roster(String project) {
    if (businesses.find(project).isEmpty()) return Roster.EMPTY;
    return Roster.of(project, businesses.bindingsOf(project), this::policy);
  }

  private Optional<ClusterRole> policy(String name) {
    return policies.get(new ObjectKey("", name));
  }

  /// What a namespace of a cluster gives to whom. Its own labels say whose it is, and the object
  /// that they name has to say so, too: neither alone is the platform's word.
  List<Given> given(String cluster, Namespace namespace) {
    var name = namespace.getMetadata().getName();
    var labels = Objects.requireNonNullElse(namespace.getMetadata().getLabels(), NO_LABELS);
    var project = labels.getOrDefault(Project.LABEL, "");
    if (cluster.equals(Member.HUB)
        && name.equals(project)
        && !labels.containsKey(BusinessNamespace.LABEL)) {
      return Given.of(roster(project).memberships(), each -> each.policy().roleOnHub());
    }
    var object = new ObjectKey(project, labels.getOrDefault(BusinessNamespace.LABEL, ""));
    return businesses
        .namespaces()
        .get(object)
        .filter(each -> each.getSpec().clusterName().equals(cluster))
        .filter(each -> each.getSpec().namespace().equals(name))
        .filter(each -> !NOT_YET.contains(each.getStatus().phase()))
        .map(_ -> Given.of(roster(project).memberships(), each -> each.policy().roleIn(cluster)))
        .orElse(List.of());
  }

  private static final Map<String, String> NO_LABELS = Map.of();

  /// The roles that a cluster needs.
  List<ClusterRole> roles(String cluster) {
    var projects = projectsIn(cluster);
    var customs =
        projects.stream()
            .flatMap(project -> roster(project).customPolicies().stream())
            .distinct()
            .flatMap(policy -> copy(policy, cluster));
    var own =
        projects.isEmpty()
            ? Stream.<ClusterRole>of()
            : Stream.concat(Roles.ofNamespaces().stream(), Stream.of(Roles.ofCluster(cluster)));
    var hub =
        cluster.equals(Member.HUB)
            ? Stream.concat(
                Roles.ofHub().stream(),
                businesses.all().stream().map(project -> Roles.ofBusiness(project.name())))
            : Stream.<ClusterRole>of();
    return Stream.of(own, customs, hub).flatMap(Function.identity()).toList();
  }

  private Stream<ClusterRole> copy(Policy.Custom policy, String cluster) {
    return policy(policy.id()).map(made -> Roles.copyOf(policy, cluster, made)).stream();
  }

  /// What is given everywhere in a cluster.
  List<Given> givenEverywhere(String cluster) {
    var readers =
        Given.of(
            projectsIn(cluster).stream()
                .flatMap(project -> roster(project).memberships().stream())
                .toList(),
            _ -> Roles.clusterReader(cluster));
    if (!cluster.equals(Member.HUB)) return readers;
    var ofBusinesses =
        businesses.all().stream()
            .map(Project::name)
            .flatMap(project ->
                Given.of(roster(project).memberships(), _ -> Roles.roleOfBusiness(project))
                    .stream());
    return Stream.concat(readers.stream(), ofBusinesses).toList();
  }

  /// The businesses that have been granted namespaces in a cluster. A wish for one is whatever an
  /// owner has written.
  private Collection<String> projectsIn(String cluster) {
    return businesses.all().stream()
        .filter(each -> each.getStatus().clustersInUse().contains(cluster))
        .map(Project::name)
        .toList();
  }
}
