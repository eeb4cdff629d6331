package io.ordinal.testing;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.ordinal.cluster.ControlPlane;
import io.ordinal.cluster.Timing;
import io.ordinal.cluster.door.Delivery;
import io.ordinal.cluster.door.Door;
import io.ordinal.controllers.Controllers;
import io.ordinal.controllers.ControllersConfig;
import io.ordinal.controllers.volume.RememberedDirectories;
import io.ordinal.node.NodeAgent;
import io.ordinal.node.NodeConfig;
import io.ordinal.node.NodeParts;
import io.ordinal.node.PodNetwork;
import io.ordinal.node.images.LocalImages;
import io.ordinal.node.simulated.SimulatedMachine;
import io.ordinal.node.simulated.SimulatedRuntime;
import io.ordinal.server.ServerConfig;
import io.ordinal.server.User;
import io.ordinal.server.auth.TokenConfig;
import io.ordinal.server.auth.TokenKeys;
import io.ordinal.store.MemoryStore;
import io.ordinal.store.Store;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// A whole cluster on one thread: the real API server on the in-memory store, the real controllers,
/// scheduler and node agents, a simulated runtime, and a clock that moves only when nothing is left
/// to do.
///
/// One seed decides who steps when; the same seed plays the same story. Everything in it happens
/// inside [#step()].
public final class SimulatedCluster implements AutoCloseable {

  /// Where every story begins.
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final String SERVICES = "10.96.0.0/16";
  private static final String REFUSED = "apiserver_request_total{verb=\"other\"";
  private static final int MOST_ROUNDS = 1_000_000;
  private static final KeyPair KEYS = keys();

  private final Random random;
  private final ManualClock clock = new ManualClock(START);
  private final Store store = MemoryStore.create();
  private final RememberedDirectories volumes = new RememberedDirectories();
  private final Map<String, SimulatedRuntime> runtimes = new LinkedHashMap<>();
  private final Map<String, NodeAgent> agents = new LinkedHashMap<>();
  private final Map<String, Delivery.Stepped> lines = new LinkedHashMap<>();
  private final Set<String> cutOff = new HashSet<>();
  private ControlPlane plane;
  private Controllers controllers;
  private long earlierRefusals;

  /// A cluster with nodes `node-1` to `node-N`.
  public SimulatedCluster(long seed, int nodes) {
    random = new Random(seed);
    for (int i = 1; i <= nodes; i++) {
      runtimes.put(
          "node-" + i, new SimulatedRuntime(clock, clock.steady(), "10.160." + i + ".0/24"));
    }
    plane = newPlane();
    controllers = newControllers();
    runtimes.keySet().forEach(this::startNode);
  }

  private Timing timing() {
    return new Timing(clock, clock.steady(), random, true);
  }

  private ControlPlane newPlane() {
    var tokens = TokenConfig.of("https://kubernetes.default.svc", new TokenKeys(KEYS, List.of()));
    return ControlPlane.create(
        store, () -> ServerConfig.of(tokens, List.of()), SERVICES, new NoStreams(), timing());
  }

  private Controllers newControllers() {
    return plane.controllers(new ControllersConfig("no certificate", volumes));
  }

  private void startNode(String name) {
    var folder = Path.of("/simulated", name);
    var address = "10.160.0." + name.substring(name.indexOf('-') + 1);
    var config = NodeConfig.simulated(name, address, folder);
    var machine = new SimulatedMachine(name, config.size().orElseThrow());
    var images = LocalImages.of(folder);
    var runtime = runtime(name);
    var parts =
        new NodeParts(runtime, PodNetwork.NONE, images, machine, clock, clock.steady(), random);
    agents.put(name, NodeAgent.stepped(lineOf(name), config, parts));
  }

  /// The agent's own line to the API server, which can be cut.
  private KubernetesClient lineOf(String node) {
    var line = new Delivery.Stepped();
    lines.put(node, line);
    var server = plane.api();
    return new Door(
            request -> {
              if (cutOff.contains(node)) throw new KubernetesClientException("no route to host");
              return server.handle(request);
            },
            line)
        .clientOfPart(User.node(node));
  }

  /// One round: every part that has something to do does a bounded piece of it, in an order that
  /// the seed decides.
  ///
  /// @return whether anything was done
  public boolean step() {
    List<BooleanSupplier> parts = new ArrayList<>();
    parts.add(plane::step);
    parts.add(controllers::step);
    agents.values().forEach(agent -> parts.add(agent::step));
    lines.forEach((node, line) -> {
      if (!cutOff.contains(node)) parts.add(line::step);
    });
    runtimes.values().forEach(runtime -> parts.add(runtime::step));
    Collections.shuffle(parts, random);
    var worked = false;
    for (var part : parts) worked |= part.getAsBoolean();
    return worked;
  }

  /// Steps until nothing is left to do at this moment; no time passes.
  public void settle() {
    settle(() -> {});
  }

  /// The same, with a look at every invariant after each round.
  public void settle(Runnable invariants) {
    for (int round = 0; round < MOST_ROUNDS; round++) {
      if (!step()) return;
      invariants.run();
    }
    throw new IllegalStateException(
        "still busy after " + MOST_ROUNDS + " rounds: a loop feeds itself");
  }

  /// Steps until the condition holds; when nothing is left to do, time passes to the next moment at
  /// which something is due.
  ///
  /// @return whether it held within that much simulated time
  public boolean await(BooleanSupplier condition, Duration longest) {
    var end = clock.steady().instant().plus(longest);
    while (true) {
      while (!condition.getAsBoolean()) {
        if (!step()) break;
      }
      if (condition.getAsBoolean()) return true;
      var next = nextDue().filter(due -> due.isBefore(end));
      if (next.isEmpty()) return false;
      clock.advanceTo(next.get());
    }
  }

  /// Lets this much time pass, stopping wherever something is due on the way.
  public void pass(Duration time) {
    var end = clock.steady().instant().plus(time);
    await(() -> false, time);
    clock.advanceTo(end);
    settle();
  }

  private Optional<Instant> nextDue() {
    var tick = clock.steady().instant().plusMillis(1);
    return Stream.concat(
            controllers.nextDue().stream(),
            Stream.concat(
                agents.values().stream().flatMap(agent -> agent.nextDue().stream()),
                runtimes.values().stream().flatMap(runtime -> runtime.next().stream())))
        .min(Instant::compareTo)
        .map(due -> due.isBefore(tick) ? tick : due);
  }

  /// The control plane dies and comes back on the same store; nodes and their containers go on.
  public void restartControlPlane() {
    agents.values().forEach(NodeAgent::close);
    controllers.close();
    earlierRefusals += refusalsOfThisPlane();
    plane.close();
    plane = newPlane();
    controllers = newControllers();
    runtimes.keySet().forEach(this::startNode);
  }

  /// The agent of a node, for tests of what it is asked beside the API.
  NodeAgent agent(String name) {
    var agent = agents.get(name);
    if (agent == null) throw new IllegalArgumentException("no node " + name);
    return agent;
  }

  /// The controllers die in the middle of whatever they were doing, and new ones begin.
  public void restartControllers() {
    controllers.close();
    controllers = newControllers();
  }

  /// The node's agent lives on, but nothing that it sends reaches the API server, and it hears
  /// nothing.
  public void cutOff(String node) {
    cutOff.add(node);
  }

  /// What [#cutOff] did is over.
  public void reconnect(String node) {
    cutOff.remove(node);
  }

  /// The node's agent dies; its containers go on, and nobody renews its lease.
  public void loseNode(String name) {
    lines.remove(name);
    Optional.ofNullable(agents.remove(name)).ifPresent(NodeAgent::close);
  }

  /// The node's agent comes back and adopts what runs.
  public void returnNode(String name) {
    loseNode(name);
    startNode(name);
  }

  /// The clock by which everything here lives.
  public ManualClock clock() {
    return clock;
  }

  /// The administrator's client. It must be used between steps, on the same thread; its watches
  /// move with [#step()].
  public KubernetesClient client() {
    return plane.clientFor(User.admin());
  }

  /// How many requests were refused because the sender has no right to them. Every part has the
  /// rights that its work needs, so there are none unless a test sends some.
  public long refusals() {
    return earlierRefusals + refusalsOfThisPlane();
  }

  private long refusalsOfThisPlane() {
    return new String(plane.api().metrics().text(), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith(REFUSED) && line.contains("code=\"403\""))
        .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /// The control plane, for clients of other users.
  public ControlPlane plane() {
    return plane;
  }

  /// What runs the containers of a node: here they can be crashed, killed or made unready.
  public SimulatedRuntime runtime(String node) {
    var runtime = runtimes.get(node);
    if (runtime == null) throw new IllegalArgumentException("no node " + node);
    return runtime;
  }

  /// The directories of local volumes.
  public RememberedDirectories volumes() {
    return volumes;
  }

  @Override
  public void close() {
    agents.values().forEach(NodeAgent::close);
    controllers.close();
    plane.close();
    store.close();
  }

  private static KeyPair keys() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no ECDSA P-256", e);
    }
  }
}
