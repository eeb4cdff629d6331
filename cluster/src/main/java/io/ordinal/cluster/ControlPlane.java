package io.ordinal.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.ordinal.cluster.door.Delivery;
import io.ordinal.cluster.door.Door;
import io.ordinal.controllers.Controllers;
import io.ordinal.controllers.ControllersConfig;
import io.ordinal.schema.Schemas;
import io.ordinal.server.ApiServer;
import io.ordinal.server.NodeStreams;
import io.ordinal.server.ServerConfig;
import io.ordinal.server.User;
import io.ordinal.server.builtin.BuiltIn;
import io.ordinal.server.registry.Surroundings;
import io.ordinal.store.Store;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// The API server on a store, and the clients of the parts in this process: what `up`, the tests
/// and the training run share. It has no connections and, when [Timing#stepped], no threads.
public final class ControlPlane implements AutoCloseable {
  /// Who puts the parts of a cluster together: makes the Services by which pods find the API server
  /// and DNS, and looks whether nodes are Ready.
  public static final User ASSEMBLY = User.part("system:ordinal:assembly");

  /// Upstream's name of that check.
  private static final String ROLES = "poststarthook/rbac/bootstrap-roles";

  private final ApiServer api;
  private final Timing timing;
  private final Delivery delivery;
  private final Held later;

  private ControlPlane(ApiServer api, Timing timing, Delivery delivery, Held later) {
    this.api = api;
    this.timing = timing;
    this.delivery = delivery;
    this.later = later;
  }

  /// Makes the API server. The default roles count from its first moment, and are stored when
  /// somebody has called [#started].
  ///
  /// @param config asked for last: whom the API server trusts
  /// @param serviceCidr the range of ClusterIPs
  /// @param nodes where logs are read and commands run
  public static ControlPlane create(
      Store store,
      Supplier<ServerConfig> config,
      String serviceCidr,
      NodeStreams nodes,
      Timing timing) {
    var schemas = Schemas.load();
    var surroundings = new Surroundings(timing.wall(), timing.random(), executor(timing));
    var later = new Held(surroundings.pumps());
    if (timing.stepped()) later.release();
    var builtIn = BuiltIn.on(store, schemas, serviceCidr, surroundings, later);
    var backing = new ApiServer.Backing(store, schemas);
    var api = new ApiServer(trusted(config, builtIn), builtIn, backing, nodes, surroundings);
    api.health().with(ROLES, () -> problem(later));
    return new ControlPlane(
        api, timing, timing.stepped() ? new Delivery.Stepped() : new Delivery.Threads(), later);
  }

  private static ServerConfig trusted(Supplier<ServerConfig> config, BuiltIn builtIn) {
    try {
      return config.get();
    } catch (RuntimeException e) {
      builtIn.registry().close();
      throw e;
    }
  }

  private static Optional<String> problem(Held later) {
    return later.isDone() ? Optional.empty() : Optional.of("the default roles are being written");
  }

  /// The nodes are Ready: what could wait for that is done now, and `/readyz` waits for it. Stepped
  /// clusters have done it.
  public void started() throws InterruptedException {
    later.release();
    later.awaitDone();
  }

  /// The API server, for whoever serves its connections.
  public ApiServer api() {
    return api;
  }

  /// A client of a part of this cluster, which reads only kinds that it names itself. In a stepped
  /// cluster its streams move with [#step()].
  public KubernetesClient clientOfPart(User user) {
    return new Door(api::handle, delivery).clientOfPart(user);
  }

  /// A client of this cluster. In a stepped cluster its streams move with [#step()].
  public KubernetesClient clientFor(User user) {
    return new Door(api::handle, delivery).clientFor(user);
  }

  /// A client for somebody who has threads, also when this cluster has none.
  public KubernetesClient threadedClientFor(User user) {
    return new Door(api::handle, new Delivery.Threads()).clientFor(user);
  }

  /// The controllers and the scheduler, each with its own identity. In a stepped cluster they wait
  /// to be stepped.
  public Controllers controllers(ControllersConfig config) {
    var controllers =
        timing.stepped()
            ? Controllers.create(
                this::part, config, timing.wall(), timing.steady(), timing.random())
            : Controllers.start(
                this::part, config, timing.wall(), timing.steady(), timing.random());
    SetGauges.show(controllers.sets(), api.metrics());
    return controllers;
  }

  /// The client of a part by its upstream name, with that part's own identity: `kube-scheduler`, or
  /// the name of a controller.
  public KubernetesClient part(String name) {
    return clientOfPart(identity(name));
  }

  /// Carries what has arrived on the streams of stepped clients; answers whether anything had.
  public boolean step() {
    return delivery instanceof Delivery.Stepped stepped && stepped.step();
  }

  /// Who a part is, by the name that upstream gives it.
  private static User identity(String part) {
    return switch (part) {
      case "kube-controller-manager", "kube-scheduler" -> User.part("system:" + part);
      default -> User.controller(part);
    };
  }

  private static Executor executor(Timing timing) {
    return timing.stepped() ? Runnable::run : task -> Thread.ofVirtual().start(task);
  }

  @Override
  public void close() {
    api.close();
  }
}
