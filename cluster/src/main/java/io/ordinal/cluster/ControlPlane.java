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
import java.util.concurrent.Executor;

/// The API server on a store, and the clients of the parts in this process: what `up`, the tests
/// and the training run share. It has no connections and, when [Timing#stepped], no threads.
public final class ControlPlane implements AutoCloseable {

  private final ApiServer api;
  private final Timing timing;
  private final Delivery delivery;

  private ControlPlane(ApiServer api, Timing timing, Delivery delivery) {
    this.api = api;
    this.timing = timing;
    this.delivery = delivery;
  }

  /// Makes the API server and the objects that every cluster has from its first moment.
  ///
  /// @param serviceCidr the range of ClusterIPs
  /// @param nodes where logs are read and commands run
  public static ControlPlane create(
      Store store, ServerConfig config, String serviceCidr, NodeStreams nodes, Timing timing) {
    var schemas = Schemas.load();
    var surroundings = new Surroundings(timing.wall(), timing.random(), executor(timing));
    var registry = BuiltIn.registry(store, schemas, serviceCidr, surroundings);
    var backing = new ApiServer.Backing(store, schemas);
    var api = new ApiServer(config, registry, backing, nodes, surroundings);
    return new ControlPlane(
        api, timing, timing.stepped() ? new Delivery.Stepped() : new Delivery.Threads());
  }

  /// The API server, for whoever serves its connections.
  public ApiServer api() {
    return api;
  }

  /// A client of a part of this cluster. In a stepped cluster its streams move with [#step()].
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
    return timing.stepped()
        ? Controllers.create(this::part, config, timing.wall(), timing.steady(), timing.random())
        : Controllers.start(this::part, config, timing.wall(), timing.steady(), timing.random());
  }

  /// The client of a part by its upstream name, with that part's own identity: `kube-scheduler`, or
  /// the name of a controller.
  public KubernetesClient part(String name) {
    return clientFor(identity(name));
  }

  /// Carries what has arrived on the streams of stepped clients; answers whether anything had.
  public boolean step() {
    return delivery instanceof Delivery.Stepped stepped && stepped.step();
  }

  /// Who a part is, by the name that upstream gives it.
  private static User identity(String part) {
    return switch (part) {
      case "kube-controller-manager" -> User.controllerManager();
      case "kube-scheduler" -> User.part("system:kube-scheduler");
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
