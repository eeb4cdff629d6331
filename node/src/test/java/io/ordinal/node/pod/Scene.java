package io.ordinal.node.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.ordinal.node.runtime.ContainerStatus;
import io.ordinal.node.runtime.ContainerStatus.State;
import io.ordinal.node.runtime.PodIdentity;
import io.ordinal.node.runtime.SandboxStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// A pod and its surroundings, said in one line each; what is not said is as usual: prepared,
/// nothing under way.
final class Scene {
  static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  private Pod pod;
  private boolean gone;
  private boolean prepared = true;
  private boolean cleanedUp;
  private Optional<Trouble> trouble = Optional.empty();
  private Optional<Failure> failure = Optional.empty();
  private Optional<String> networkNotReady = Optional.empty();
  private final List<SandboxStatus> sandboxes = new ArrayList<>();
  private final List<ContainerStatus> containers = new ArrayList<>();
  private final Map<String, ContainerMemory> memory = new HashMap<>();
  private final Map<String, Instant> stops = new HashMap<>();
  private final Set<String> inFlight = new HashSet<>();

  private Scene(Pod pod) {
    this.pod = pod;
  }

  static Scene of(String... containers) {
    var list = List.of(containers).stream().map(Scene::container).toList();
    return new Scene(
        new PodBuilder()
            .withNewMetadata()
            .withNamespace("default")
            .withName("web-0")
            .withUid("u1")
            .endMetadata()
            .withNewSpec()
            .withNodeName("node-1")
            .withRestartPolicy("Always")
            .withContainers(list)
            .endSpec()
            .withNewStatus()
            .withPhase("Pending")
            .withStartTime("2026-01-01T11:00:00Z")
            .endStatus()
            .build());
  }

  static Container container(String name) {
    return new ContainerBuilder().withName(name).withImage("nginx:1").build();
  }

  Scene pod(Consumer<PodBuilder> edit) {
    var builder = new PodBuilder(pod);
    edit.accept(builder);
    pod = builder.build();
    return this;
  }

  Scene init(String name) {
    return pod(p -> p.editSpec().addToInitContainers(container(name)).endSpec());
  }

  Scene sidecar(String name) {
    var sidecar = new ContainerBuilder(container(name)).withRestartPolicy("Always").build();
    return pod(p -> p.editSpec().addToInitContainers(sidecar).endSpec());
  }

  Scene policy(String policy) {
    return pod(p -> p.editSpec().withRestartPolicy(policy).endSpec());
  }

  Scene phase(String phase) {
    return pod(p -> p.editStatus().withPhase(phase).endStatus());
  }

  Scene deleted(long grace) {
    return pod(p ->
        p.editMetadata()
            .withDeletionTimestamp("2026-01-01T12:00:30Z")
            .withDeletionGracePeriodSeconds(grace)
            .endMetadata());
  }

  Scene gone() {
    gone = true;
    return this;
  }

  Scene unprepared() {
    prepared = false;
    return this;
  }

  Scene cleanedUp() {
    cleanedUp = true;
    prepared = false;
    return this;
  }

  Scene trouble(String reason, long retryInSeconds) {
    trouble = Optional.of(new Trouble(reason, "words", NOW, NOW.plusSeconds(retryInSeconds), 1));
    return this;
  }

  Scene troubleOf(String container, String reason, long retryInSeconds) {
    var t = new Trouble(reason, "words", NOW.minusSeconds(5), NOW.plusSeconds(retryInSeconds), 1);
    memory.merge(
        container,
        ContainerMemory.BLANK.withTrouble(Optional.of(t)),
        (old, fresh) -> old.withTrouble(fresh.trouble()));
    return this;
  }

  Scene failed(String reason) {
    failure = Optional.of(new Failure(reason, "words"));
    return this;
  }

  Scene noNetwork() {
    networkNotReady = Optional.of("no bridge");
    return this;
  }

  Scene doing(String... keys) {
    inFlight.addAll(List.of(keys));
    return this;
  }

  Scene sandbox(int attempt, boolean ready) {
    sandboxes.addFirst(
        new SandboxStatus(
            "s" + attempt,
            new PodIdentity("default", "web-0", "u1"),
            attempt,
            ready,
            NOW.minusSeconds(100),
            ready ? List.of("10.0.0.2") : List.of(),
            false,
            Map.of()));
    return this;
  }

  Scene created(String name) {
    return add(name, 0, State.CREATED, 0, 0);
  }

  Scene running(String name) {
    return add(name, 0, State.RUNNING, 0, 0);
  }

  Scene ended(String name, int attempt, int code, long secondsAgo) {
    return add(name, attempt, State.EXITED, code, secondsAgo);
  }

  private Scene add(String name, int attempt, State state, int code, long secondsAgo) {
    var sandbox = sandboxes.isEmpty() ? "s0" : sandboxes.getFirst().id();
    containers.add(
        new ContainerStatus(
            name + attempt,
            sandbox,
            name,
            attempt,
            state,
            NOW.minusSeconds(60),
            NOW.minusSeconds(59),
            state == State.EXITED ? NOW.minusSeconds(secondsAgo) : Instant.EPOCH,
            code,
            "nginx:1",
            "sha256:1",
            "",
            "",
            Map.of(),
            Map.of(Annotations.HASH, Annotations.hash(container(name)))));
    return this;
  }

  Scene backoff(String container, long seconds) {
    var pause = new RestartBackoff(Duration.ofSeconds(seconds), NOW.minusSeconds(60));
    memory.put(container, memory.getOrDefault(container, ContainerMemory.BLANK).with(pause));
    return this;
  }

  Scene probes(String container, boolean started, boolean alive, boolean ready) {
    var verdict = new Verdict(container + "0", started, alive, ready);
    memory.put(container, ContainerMemory.BLANK.withVerdict(Optional.of(verdict)));
    return this;
  }

  Scene stopping(String id, long secondsLeft) {
    stops.put(id, NOW.plusSeconds(secondsLeft));
    return this;
  }

  Observed observed() {
    var view = new RuntimeView(List.copyOf(sandboxes), List.copyOf(containers), Map.of());
    var remembered =
        new Memory(
            prepared,
            trouble,
            failure,
            cleanedUp,
            Optional.of(NOW.minusSeconds(3600)),
            Map.copyOf(stops),
            Map.copyOf(memory));
    return new Observed(
        pod, gone, view, remembered, Set.copyOf(inFlight), networkNotReady, NOW, NOW);
  }

  PodPlan plan() {
    return PodPlanner.plan(observed());
  }

  /// The plan's actions by their keys, which is all that most tests ask.
  List<String> keys() {
    return plan().actions().stream().map(Action::key).toList();
  }
}
