package io.ordinal.testing;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.ordinal.cluster.door.Delivery;
import io.ordinal.cluster.door.Door;
import io.ordinal.kube.Informers;
import io.ordinal.platform.business.BusinessControllers;
import io.ordinal.platform.business.BusinessNamespace;
import io.ordinal.platform.business.Businesses;
import io.ordinal.platform.business.Definitions;
import io.ordinal.platform.business.NamespaceSpec;
import io.ordinal.platform.business.NamespaceStatus;
import io.ordinal.platform.business.Project;
import io.ordinal.platform.business.ProjectSpec;
import io.ordinal.platform.business.ProjectSpec.Limits;
import io.ordinal.platform.business.ProjectStatus;
import io.ordinal.server.ApiRequest;
import io.ordinal.server.User;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/// A hub, another cluster `cls-other`, and the controllers of businesses, all on one thread. The
/// lines between can be cut, and lose answers by a seed.
final class BusinessWorld implements AutoCloseable {

  static final String OTHER = "cls-other";
  private static final String HUB = "global";
  private static final Duration SLICE = Duration.ofMillis(500);
  private static final int MOST_ROUNDS = 100_000;

  final SimulatedCluster hub;
  final SimulatedCluster other;
  final KubernetesClient onHub;
  final KubernetesClient onOther;
  private final Random random;
  private final Map<String, Delivery.Stepped> lines = new LinkedHashMap<>();
  private final Map<String, KubernetesClient> clients = new LinkedHashMap<>();
  private final Set<String> away = new HashSet<>();
  private final List<String> asked = new ArrayList<>();
  private BusinessControllers controllers;
  private Runnable always = () -> {};
  private int lostOfThousand;

  BusinessWorld(long seed) {
    random = new Random(seed);
    hub = new SimulatedCluster(seed, 0);
    other = new SimulatedCluster(seed + 1, 0);
    onHub = hub.client();
    onOther = other.client();
    install();
    controllers = newControllers();
    settle();
  }

  private void install() {
    try {
      new Definitions(onHub)
          .ensure()
          .ifPresent(why -> {
            throw new IllegalStateException(why);
          });
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private BusinessControllers newControllers() {
    lines.clear();
    clients.clear();
    clients.put(HUB, line(HUB, hub));
    clients.put(OTHER, line(OTHER, other));
    var client = client(HUB).orElseThrow();
    var clock = hub.clock();
    var businesses = new Businesses(new Informers(client, clock.steady(), random));
    return new BusinessControllers(client, businesses, this::client, clock, clock.steady(), random);
  }

  private Optional<KubernetesClient> client(String cluster) {
    return Optional.ofNullable(clients.get(cluster));
  }

  private KubernetesClient line(String name, SimulatedCluster cluster) {
    var line = new Delivery.Stepped();
    lines.put(name, line);
    return new Door(
            request -> {
              asked.add(request.method() + " " + request.path());
              if (away.contains(name)) throw new KubernetesClientException("no route to host");
              if (isLost()) throw new KubernetesClientException("lost on the way");
              var answer = cluster.plane().api().handle(request);
              if (!isWatch(request) && isLost()) {
                throw new KubernetesClientException("the answer was lost");
              }
              return answer;
            },
            line)
        .clientOfPart(User.admin());
  }

  private static boolean isWatch(ApiRequest request) {
    return request.toString().contains("watch");
  }

  private boolean isLost() {
    return lostOfThousand > 0 && random.nextInt(1000) < lostOfThousand;
  }

  /// From now on so many of a thousand requests or answers get lost.
  void lose(int ofThousand) {
    lostOfThousand = ofThousand;
  }

  /// What the controllers have asked all clusters for, without what was asked before.
  List<String> asked() {
    var all = List.copyOf(asked);
    asked.clear();
    return all;
  }

  /// The cluster does not answer any more.
  void cut(String cluster) {
    away.add(cluster);
  }

  void mend(String cluster) {
    away.remove(cluster);
  }

  /// The controllers die in the middle of whatever they were doing, and new ones begin.
  void restart() {
    controllers.close();
    controllers = newControllers();
  }

  /// Something that must hold after every step.
  void always(Runnable invariant) {
    always = invariant;
  }

  boolean step() {
    var worked = controllers.step();
    for (var line : lines.values()) worked |= line.step();
    worked |= hub.step();
    worked |= other.step();
    always.run();
    return worked;
  }

  /// What needs no time happens.
  void settle() {
    for (int round = 0; round < MOST_ROUNDS; round++) if (!step()) return;
    throw new IllegalStateException("still busy: a loop feeds itself");
  }

  void pass(Duration time) {
    for (var left = time; left.isPositive(); left = left.minus(SLICE)) {
      hub.pass(SLICE);
      other.pass(SLICE);
      settle();
    }
  }

  /// What needs a moment happens.
  void moment() {
    pass(Duration.ofSeconds(3));
  }

  Project makeProject(String name, String... clusters) {
    var project = new Project();
    project.setMetadata(new ObjectMetaBuilder().withName(name).build());
    project.setSpec(new ProjectSpec(name, List.of("ann"), limits(clusters), ""));
    return onHub.resource(project).create();
  }

  void change(String name, String... clusters) {
    var project = onHub.resources(Project.class).withName(name).get();
    project.setSpec(new ProjectSpec(name, List.of("ann"), limits(clusters), ""));
    onHub.resource(project).update();
  }

  /// Each as `cluster: pods=4 services=2`.
  private static Map<String, Limits> limits(String... clusters) {
    var all = new TreeMap<String, Limits>();
    for (var each : clusters) {
      var parts = each.split(": *", 2);
      all.put(parts[0], new Limits(amounts(parts[1])));
    }
    return all;
  }

  static Map<String, Quantity> amounts(String text) {
    var amounts = new TreeMap<String, Quantity>();
    for (var each : List.of(text.split(" ", -1))) {
      var parts = each.split("=", 2);
      if (parts.length == 2) amounts.put(parts[0], new Quantity(parts[1]));
    }
    return amounts;
  }

  void makeNamespace(String project, String cluster, String name, String hard) {
    onHub.resource(namespace(project, cluster + "-" + name, cluster, name, hard)).create();
  }

  /// A business `name` that may have ten pods in either cluster.
  static BusinessWorld withBusiness(long seed, String name) {
    var world = new BusinessWorld(seed);
    world.makeProject(name, "global: pods=10", OTHER + ": pods=10");
    world.settle();
    return world;
  }

  static BusinessNamespace namespace(
      String project, String object, String cluster, String name, String hard) {
    var namespace = new BusinessNamespace();
    namespace.setMetadata(new ObjectMetaBuilder().withNamespace(project).withName(object).build());
    namespace.setSpec(new NamespaceSpec(cluster, name, amounts(hard)));
    return namespace;
  }

  void limit(String project, String object, String hard) {
    var namespace = namespaceOf(project, object).orElseThrow();
    var spec = namespace.getSpec();
    namespace.setSpec(new NamespaceSpec(spec.clusterName(), spec.namespace(), amounts(hard)));
    onHub.resource(namespace).update();
  }

  void delete(String project, String object) {
    onHub.resources(BusinessNamespace.class).inNamespace(project).withName(object).delete();
  }

  Optional<Project> project(String name) {
    return Optional.ofNullable(onHub.resources(Project.class).withName(name).get());
  }

  ProjectStatus status(String project) {
    return project(project).orElseThrow().getStatus();
  }

  Optional<BusinessNamespace> namespaceOf(String project, String object) {
    return Optional.ofNullable(
        onHub.resources(BusinessNamespace.class).inNamespace(project).withName(object).get());
  }

  NamespaceStatus status(String project, String object) {
    return namespaceOf(project, object).orElseThrow().getStatus();
  }

  /// `phase` or `phase/reason`.
  String word(String project, String object) {
    var status = status(project, object);
    return status.reason().isEmpty() ? status.phase() : status.phase() + "/" + status.reason();
  }

  KubernetesClient on(String cluster) {
    return cluster.equals(HUB) ? onHub : onOther;
  }

  Optional<Namespace> real(String cluster, String name) {
    return Optional.ofNullable(on(cluster).namespaces().withName(name).get());
  }

  Optional<ResourceQuota> quota(String cluster, String name) {
    return Optional.ofNullable(on(cluster).resourceQuotas().inNamespace(name).withName(name).get());
  }

  void makeReal(String cluster, String name, Map<String, String> labels) {
    on(cluster)
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .build())
        .create();
  }

  void label(String cluster, String name, Map<String, String> labels) {
    on(cluster)
        .namespaces()
        .withName(name)
        .edit(each -> {
          each.getMetadata().setLabels(labels);
          return each;
        });
  }

  @Override
  public void close() {
    controllers.close();
    hub.close();
    other.close();
  }
}
