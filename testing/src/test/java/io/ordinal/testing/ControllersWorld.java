package io.ordinal.testing;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.ordinal.cluster.ControlPlane;
import io.ordinal.cluster.Timing;
import io.ordinal.cluster.pki.Pki;
import io.ordinal.controllers.Controllers;
import io.ordinal.controllers.ControllersConfig;
import io.ordinal.controllers.volume.RememberedDirectories;
import io.ordinal.server.ApiException;
import io.ordinal.server.ExecSession;
import io.ordinal.server.Frames;
import io.ordinal.server.NodeStreams;
import io.ordinal.server.ServerConfig;
import io.ordinal.server.Status;
import io.ordinal.server.User;
import io.ordinal.server.auth.TokenConfig;
import io.ordinal.server.auth.TokenKeys;
import io.ordinal.store.MemoryStore;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;

/// A real API server on a memory store with real controllers and the least of nodes, all played on
/// one thread in an order that a seed gives.
final class ControllersWorld implements AutoCloseable {
  private static final int PATIENCE = 200_000;
  private static final Duration SLICE = Duration.ofSeconds(10);

  final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
  final RememberedDirectories directories = new RememberedDirectories();
  final KubernetesClient admin;
  final Kubelets kubelets;
  final long seed;
  private final Random random;
  private final ControlPlane plane;
  private Controllers controllers;
  private Runnable always = () -> {};

  ControllersWorld(long seed, Path folder) {
    this.seed = seed;
    random = new Random(seed);
    var pki = Pki.open(folder, clock);
    var tokens = TokenConfig.of("https://issuer", new TokenKeys(pki.signingKeys(), List.of()));
    plane =
        ControlPlane.create(
            MemoryStore.create(),
            ServerConfig.of(tokens, List.of(pki.authority())),
            "10.96.0.0/16",
            new NoNodes(),
            new Timing(clock, clock.steady(), new Random(seed), true));
    admin = plane.clientFor(User.admin());
    kubelets = new Kubelets(plane.clientFor(User.admin()), clock);
    controllers = freshControllers();
    settle();
  }

  private Controllers freshControllers() {
    return Controllers.create(
        plane::part,
        new ControllersConfig("root ca", directories),
        clock,
        clock.steady(),
        new Random(random.nextLong()));
  }

  /// Something that must hold after every step.
  void always(Runnable invariant) {
    always = invariant;
  }

  /// The controllers die in the middle of whatever they were doing, and new ones begin.
  void restartControllers() {
    controllers.close();
    controllers = freshControllers();
  }

  /// One piece of work of somebody who has some; whether there was any.
  boolean step() {
    List<BooleanSupplier> parts =
        random.nextBoolean()
            ? List.of(plane::step, controllers::step, kubelets::step)
            : List.of(kubelets::step, controllers::step, plane::step);
    boolean worked = false;
    for (BooleanSupplier part : parts) {
      worked |= part.getAsBoolean();
    }
    return worked;
  }

  void settle() {
    for (int i = 0; i < PATIENCE; i++) {
      if (!step()) {
        return;
      }
      always.run();
    }
    throw new AssertionError("no rest after " + PATIENCE + " steps, seed " + seed);
  }

  /// Time goes by in slices, in which nodes are heard of and everybody does what is due.
  void advance(Duration by) {
    for (Duration left = by; left.isPositive(); left = left.minus(SLICE)) {
      clock.advance(left.compareTo(SLICE) < 0 ? left : SLICE);
      kubelets.heartbeat();
      settle();
    }
  }

  /// Creates what a manifest lists.
  void apply(String yaml) {
    List<HasMetadata> items =
        admin
            .load(new ByteArrayInputStream(("---\n" + yaml).getBytes(StandardCharsets.UTF_8)))
            .items();
    items.forEach(item -> admin.resource(item).create());
  }

  Optional<Pod> pod(String name) {
    return Optional.ofNullable(admin.pods().inNamespace("default").withName(name).get());
  }

  String nodeOf(String pod) {
    return pod(pod).orElseThrow().getSpec().getNodeName();
  }

  @Override
  public void close() {
    controllers.close();
    plane.close();
  }

  /// Nothing is streamed from nodes here.
  private static final class NoNodes implements NodeStreams {
    @Override
    public Frames logs(PodRef pod, LogOptions options) {
      throw new ApiException(Status.badRequest("no nodes"));
    }

    @Override
    public ExecSession exec(PodRef pod, ExecOptions options) {
      throw new ApiException(Status.badRequest("no nodes"));
    }
  }
}
