package io.ordinal.platform.members;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.ordinal.kube.ChangeListener;
import io.ordinal.kube.Informers;
import io.ordinal.kube.Intent;
import io.ordinal.kube.Scope;
import io.ordinal.platform.business.BusinessNamespace;
import io.ordinal.platform.business.Businesses;
import io.ordinal.platform.business.ClusterClients;
import io.ordinal.platform.business.Ledger;
import io.ordinal.platform.business.Project;
import io.ordinal.platform.clusters.Member;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// The members of businesses: gives them their rights, in the hub and wherever a business has
/// namespaces, and knows who is a member of what.
///
/// Every change only says which namespaces have to be looked at again. A pass compares what the
/// hub's objects say now with the bindings that are there now.
public final class Members implements AutoCloseable {

  private static final Scope POLICIES = new Scope("", Roles.POLICY_LABEL + "=" + Roles.TRUE, "");

  private final Register register;
  private final ClusterClients clients;
  private final Setting setting;
  private final Informers informers;
  private final OwnBindings own;
  private final Map<String, ClusterMembers> clusters = new ConcurrentHashMap<>();
  private final Map<Place, String> problems = new ConcurrentHashMap<>();

  /// @param lost told of whoever has less than before, once the cluster knows
  public record Setting(InstantSource clock, RandomGenerator random, Consumer<Subject> lost) {}

  /// A business that somebody is a member of.
  ///
  /// @param role `admin`, `member`, `viewer` or `custom`
  public record Mine(Project project, String role, List<BusinessNamespace> namespaces) {}

  /// A namespace, or a whole cluster.
  private record Place(String cluster, String namespace) {

    static Place whole(String cluster) {
      return new Place(cluster, "");
    }

    boolean isWhole() {
      return namespace.isEmpty();
    }

    @Override
    public String toString() {
      return isWhole()
          ? "cluster " + cluster
          : "namespace %s of cluster %s".formatted(namespace, cluster);
    }
  }

  /// @param clients with the platform's own credentials
  public Members(
      Businesses businesses, KubernetesClient hub, ClusterClients clients, Setting setting) {
    this.informers = new Informers(hub, setting.clock(), setting.random());
    this.register = new Register(businesses, informers.of(ClusterRole.class, POLICIES));
    this.own = new OwnBindings(hub, register);
    this.clients = clients;
    this.setting = setting;
  }

  /// Begins to give rights; the businesses' kinds have to be served.
  public void start() {
    var businesses = register.businesses();
    businesses.projects().onChange(changed(this::lookAt));
    businesses.bindings().onChange(changed(binding -> lookAt(binding.project())));
    businesses.namespaces().onChange(changed(this::lookAt));
    register.policies().onChange((_, _) -> lookAtAll());
    informers.start();
  }

  private static <T extends CustomResource<?, ?>> ChangeListener<T> changed(Consumer<T> action) {
    return (before, after) -> {
      if (before != null && after != null && matters(before).equals(matters(after))) return;
      if (before != null) action.accept(before);
      if (after != null) action.accept(after);
    };
  }

  /// What changes nothing of this changes nobody's rights: most changes are of what is used.
  private static List<Object> matters(CustomResource<?, ?> object) {
    var state =
        switch (object) {
          case Project project ->
              List.of(project.getStatus().phase(), project.getStatus().clustersInUse());
          case BusinessNamespace namespace -> namespace.getStatus().phase();
          default -> "";
        };
    return List.of(Intent.of(object), state);
  }

  private void lookAtAll() {
    register.businesses().all().forEach(this::lookAt);
  }

  private void lookAt(Project project) {
    lookAt(project.name());
    for (var id : project.getStatus().clustersInUse()) {
      cluster(id).ifPresent(ClusterMembers::lookAtWhole);
    }
  }

  private void lookAt(String project) {
    cluster(Member.HUB)
        .ifPresent(hub -> {
          hub.lookAtWhole();
          hub.lookAt(project);
        });
    register.businesses().namespacesOf(project).forEach(this::lookAt);
  }

  private void lookAt(BusinessNamespace namespace) {
    cluster(namespace.getSpec().clusterName())
        .ifPresent(cluster -> {
          cluster.lookAtWhole();
          cluster.lookAt(namespace.getSpec().namespace());
        });
  }

  /// Names that no cluster has are whatever an owner has written.
  private Optional<ClusterMembers> cluster(String id) {
    var known = clusters.get(id);
    if (known != null) return Optional.of(known);
    if (!clients.has(id)) return Optional.empty();
    return Optional.of(
        clusters.computeIfAbsent(
            id,
            _ -> {
              var fresh = new ClusterMembers(id, this);
              fresh.start();
              return fresh;
            }));
  }

  Register register() {
    return register;
  }

  InstantSource clock() {
    return setting.clock();
  }

  RandomGenerator random() {
    return setting.random();
  }

  Optional<KubernetesClient> client(String id) {
    return clients.find(id);
  }

  void lost(Subject subject) {
    setting.lost().accept(subject);
  }

  /// Whether a business would be left without an owner, and got its last one back.
  boolean keepsOwner(String cluster, String namespace) {
    return cluster.equals(Member.HUB) && own.keepOwner(namespace);
  }

  /// After a problem everybody hears of it: who was told may have nothing there any more. Otherwise
  /// only a namespace is told, as a whole cluster is the matter of too many.
  void wentWell(String cluster, String namespace) {
    var place = new Place(cluster, namespace);
    if (problems.remove(place) != null) register.businesses().all().forEach(this::say);
    else if (!place.isWhole()) say(place);
  }

  void wentWrong(String cluster, String namespace, String why) {
    var place = new Place(cluster, namespace);
    problems.put(place, why);
    say(place);
  }

  private void say(Place place) {
    register.businesses().all().stream()
        .filter(project -> placesOf(project).anyMatch(place::equals))
        .forEach(this::say);
  }

  /// Says of a business's bindings what has become of them.
  private void say(Project project) {
    own.say(project.name(), problemOf(project));
  }

  private Optional<String> problemOf(Project project) {
    return placesOf(project).flatMap(place -> problemIn(place).stream()).findFirst();
  }

  private Optional<String> problemIn(Place place) {
    return Optional.ofNullable(problems.get(place))
        .map(why -> "not in force in %s yet: %s".formatted(place, why));
  }

  /// Where a business's members have rights.
  private static Stream<Place> placesOf(Project project) {
    var hub = Stream.of(new Place(Member.HUB, project.name()), Place.whole(Member.HUB));
    var granted =
        project.getStatus().clusters().entrySet().stream()
            .flatMap(ledger -> placesIn(ledger.getKey(), ledger.getValue()));
    return Stream.concat(hub, granted);
  }

  private static Stream<Place> placesIn(String cluster, Ledger ledger) {
    var names = ledger.namespaces().keySet();
    var whole = names.isEmpty() ? Stream.<Place>of() : Stream.of(Place.whole(cluster));
    return Stream.concat(names.stream().map(name -> new Place(cluster, name)), whole);
  }

  /// The businesses that somebody is a member of, by himself or by a group.
  public List<Mine> of(String user, Collection<String> groups) {
    var ofUser = Set.copyOf(groups);
    return register.businesses().all().stream()
        .sorted(java.util.Comparator.comparing(Project::name))
        .flatMap(project ->
            register
                .roster(project.name())
                .policyOf(user, ofUser)
                .map(policy -> mine(project, policy))
                .stream())
        .toList();
  }

  private Mine mine(Project project, Policy policy) {
    return new Mine(project, policy.word(), register.businesses().namespacesOf(project.name()));
  }

  /// Takes a user who is about to be deleted out of all businesses: the next one of his name must
  /// not find himself a member.
  public void forget(String user) {
    own.forget(user);
  }

  @Override
  public void close() {
    clusters.values().forEach(ClusterMembers::close);
    informers.close();
  }
}
