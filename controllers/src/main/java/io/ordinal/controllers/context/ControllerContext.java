package io.ordinal.controllers.context;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.ordinal.kube.Controller;
import io.ordinal.kube.Events;
import io.ordinal.kube.Informer;
import io.ordinal.kube.Informers;
import io.ordinal.kube.ObjectKey;
import io.ordinal.kube.Reconciler;
import io.ordinal.kube.WorkQueue;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// What every controller is made with, and the list of those that were made.
///
/// There are two clocks. The wall clock gives the times that objects carry. The steady clock counts
/// on whatever happens to the wall clock: how long something has been going on, and when to look
/// again, is measured by it alone, so that a wall clock set an hour forward evicts nobody.
public final class ControllerContext implements AutoCloseable {
  private final Function<String, KubernetesClient> clientFor;
  private final Informers informers;
  private final Clock wall;
  private final Clock steady;
  private final RandomGenerator random;
  private final List<Controller> controllers = new ArrayList<>();
  private final List<Events> events = new ArrayList<>();

  /// `clientFor` gives the client of a controller by its name, such as `node-controller`.
  public ControllerContext(
      Function<String, KubernetesClient> clientFor,
      Informers informers,
      Clock wall,
      Clock steady,
      RandomGenerator random) {
    this.clientFor = clientFor;
    this.informers = informers;
    this.wall = wall;
    this.steady = steady;
    this.random = random;
  }

  public KubernetesClient client(String name) {
    return clientFor.apply(name);
  }

  public <T extends HasMetadata> Informer<T> informer(Class<T> type) {
    return informers.of(type);
  }

  public Informers informers() {
    return informers;
  }

  public Clock wall() {
    return wall;
  }

  public Clock steady() {
    return steady;
  }

  public RandomGenerator random() {
    return random;
  }

  /// A controller with a queue of its own; a time at which it asks to look again is a steady time.
  public WorkQueue<ObjectKey> controller(String name, Reconciler reconciler, int workers) {
    var queue = new WorkQueue<ObjectKey>(steady);
    controllers.add(new Controller(name, reconciler, queue, workers));
    return queue;
  }

  /// Events told in the name of a component, written by its client.
  public Events events(String component, KubernetesClient client) {
    var told = new Events(client, component, wall);
    events.add(told);
    return told;
  }

  /// One bounded piece of work of each controller that has some; whether there was any.
  public boolean step() {
    boolean worked = false;
    for (Controller controller : controllers) {
      worked |= controller.step();
    }
    for (Events each : events) {
      worked |= each.step();
    }
    return worked;
  }

  /// When the first controller wants to look again, by the steady clock.
  public Optional<Instant> nextDue() {
    return controllers.stream().flatMap(c -> c.queue().nextDue().stream()).min(Instant::compareTo);
  }

  public List<Controller> controllers() {
    return List.copyOf(controllers);
  }

  public void start() {
    events.forEach(Events::start);
    controllers.forEach(Controller::start);
  }

  @Override
  public void close() {
    controllers.reversed().forEach(Controller::close);
    events.reversed().forEach(Events::close);
  }
}
