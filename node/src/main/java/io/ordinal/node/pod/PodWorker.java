package io.ordinal.node.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.ordinal.kube.Pods;
import io.ordinal.kube.ResourceVersions;
import io.ordinal.node.facts.PodTrouble;
import io.ordinal.node.pod.PodState.Effect;
import io.ordinal.node.probe.ProbeBook;
import io.ordinal.node.probe.Prober;
import io.ordinal.node.runtime.ContainerStatus;
import io.ordinal.node.runtime.PodIdentity;
import io.ordinal.node.runtime.RuntimeFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks after one pod: observes, plans, performs, tells. [#step] never waits: what takes long is
/// done beside it and comes back as an effect.
public final class PodWorker {
  private static final Logger log = LoggerFactory.getLogger(PodWorker.class);
  private static final Duration RESYNC = Duration.ofMinutes(1);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  /// The keys of what the worker does by itself; no action of a plan bears one of them.
  private static final String STATUS = "status";

  static final String REFRESH = "refresh";

  private static final List<Duration> AFTER_HINT =
      List.of(Duration.ofMillis(15), Duration.ofMillis(60), Duration.ofMillis(300));

  private final PodParts parts;
  private final PodIdentity identity;
  private final PodState state = new PodState();
  private final PodActions actions;
  private final RuntimeReader reader;
  private final StatusEvents statusEvents;
  private final Map<String, Runnable> inFlight = new ConcurrentHashMap<>();
  private final Queue<Done> effects = new ConcurrentLinkedQueue<>();
  private final Runnable wake;
  private final boolean probed;

  private volatile Pod pod;
  private volatile boolean gone;
  private volatile boolean refused;
  private volatile boolean suspended;
  private volatile boolean hinted;
  private volatile boolean stale = true;
  private volatile RuntimeView view = RuntimeView.EMPTY;
  private List<Instant> looks = new ArrayList<>();
  private Instant nextRefresh = Instant.EPOCH;
  private boolean adopted;

  /// What was done beside the worker and is over.
  private record Done(String key, Effect effect) {

    /// Whether the runtime may look different now.
    boolean touchesRuntime() {
      return !key.equals(STATUS) && !key.equals(REFRESH);
    }
  }

  /// `wake` asks for a step soon; it may be called from any thread.
  public PodWorker(Pod pod, PodParts parts, Runnable wake) {
    var metadata = pod.getMetadata();
    this.identity = new PodIdentity(metadata.getNamespace(), metadata.getName(), metadata.getUid());
    this.pod = pod;
    this.parts = parts;
    this.wake = wake;
    this.probed =
        Stream.concat(
                pod.getSpec().getContainers().stream(), pod.getSpec().getInitContainers().stream())
            .anyMatch(PodWorker::probed);
    this.actions = new PodActions(parts, identity);
    this.reader = new RuntimeReader(parts, identity);
    this.statusEvents = new StatusEvents(parts.events());
  }

  /// Which pod this is.
  public PodIdentity identity() {
    return identity;
  }

  /// The pod as last heard of.
  public Pod pod() {
    return pod;
  }

  /// What the runtime held of it at the last look.
  public RuntimeView view() {
    return view;
  }

  /// True when nothing of the pod is left and the worker can be forgotten.
  public boolean retired() {
    return state.retired();
  }

  /// The pod has changed.
  public void update(Pod changed) {
    pod = changed;
    wake.run();
  }

  /// The API server has the pod no more.
  public void gone() {
    gone = true;
    wake.run();
  }

  /// The runtime says that something of this pod changed: it may take a moment until its lists show
  /// it.
  public void hint() {
    hinted = true;
    wake.run();
  }

  /// The node does not take the pod.
  public void refuse(Failure failure) {
    refused = true;
    parts.events().warning(pod, failure.reason(), failure.message());
    add("fail", memory -> memory.fail(failure));
  }

  /// Whether the node did not take the pod.
  public boolean refused() {
    return refused;
  }

  /// Ends the pod by the node's decision.
  public void fail(Failure failure) {
    add("fail", memory -> memory.fail(failure));
  }

  /// Ends the pod's containers as when it is deleted, while the API server hears nothing of it: the
  /// next agent runs them again.
  public void suspend() {
    suspended = true;
    wake.run();
  }

  /// Whether nothing of the pod runs, and nothing is being done that could change that.
  public boolean isStill() {
    // In the order in which work passes from one to the next: being done, done, seen.
    return inFlight.isEmpty() && effects.isEmpty() && !stale && nothingRuns(view);
  }

  private static boolean nothingRuns(RuntimeView seen) {
    return seen.running().isEmpty()
        && seen.sandboxes().stream().noneMatch(sandbox -> sandbox.ready());
  }

  /// How long its containers are given to end by themselves.
  public Duration grace() {
    return Grace.of(pod);
  }

  private void add(String key, Effect effect) {
    effects.add(new Done(key, effect));
    wake.run();
  }

  /// Does what is to be done now and says when to look again, if nothing happens before.
  public Instant step() {
    var now = parts.steady().instant();
    try {
      return lookAfterIt(now);
    } catch (RuntimeFailure | KubernetesClientException e) {
      log.warn("pod {}: {}", identity.display(), e.getMessage());
      return now.plus(AFTER_FAILURE);
    } catch (RuntimeException e) {
      log.error("pod {}", identity.display(), e);
      return now.plus(AFTER_FAILURE);
    }
  }

  private Instant lookAfterIt(Instant now) {
    heed();
    if (state.pausedUntil().isAfter(now)) {
      return state.pausedUntil();
    }
    observe(now);
    beginCounting();
    refresh(now);
    var next = Optional.of(now.plus(RESYNC));
    var observed = observed(now);
    if (probed) {
      next = earlier(next, probe(observed));
      observed = observed(now);
    }
    if (!effects.isEmpty()) {
      return now; // what is over since is no more in flight, and neither seen nor remembered yet
    }
    var plan =
        suspended && !gone
            ? EndingPlanner.plan(observed, new Observed.Ending.Suspended())
            : PodPlanner.plan(observed);
    plan.actions().forEach(action -> launch(action, now));
    next = earlier(next, plan.lookAgain());
    var after = plan.actions().isEmpty() ? observed : observed(now);
    if (effects.isEmpty() && !suspended) {
      tell(after);
      next = earlier(next, state.tellAgain(now));
    }
    next = earlier(next, looks.stream().min(Instant::compareTo));
    return effects.isEmpty() ? next.orElseThrow() : now;
  }

  /// Takes over what was done beside the worker. What touched the runtime leaves the queue only
  /// when the view counts as stale: [#isStill] may ask at any moment.
  private void heed() {
    for (var done = effects.peek(); done != null; done = effects.peek()) {
      stale |= done.touchesRuntime();
      effects.remove();
      done.effect().on(state);
    }
  }

  private static Optional<Instant> earlier(Optional<Instant> a, Optional<Instant> b) {
    return a.isPresent() && (b.isEmpty() || a.get().isBefore(b.get())) ? a : b;
  }

  private void observe(Instant now) {
    if (hinted) {
      hinted = false;
      stale = true;
      looks = new ArrayList<>(AFTER_HINT.stream().map(now::plus).toList());
    }
    if (looks.removeIf(at -> !at.isAfter(now)) || stale || !nextRefresh.isAfter(now)) {
      stale = true; // a look that fails is still owed
      var before = view;
      view = reader.read();
      stale = false;
      if (!view.equals(before)) looks.clear();
      adoptSandbox();
    }
  }

  /// A sandbox of before this agent: the network knows nothing of it yet.
  private void adoptSandbox() {
    if (adopted || gone) {
      return;
    }
    adopted = true;
    if (view.current().isPresent()) actions.attached(pod, view.current());
  }

  private void beginCounting() {
    var status = pod.getStatus();
    if (state.activeSince().isEmpty() && status != null && status.getStartTime() != null) {
      state.activeSince(parts.steady(Instant.parse(status.getStartTime())));
    }
  }

  /// Volumes whose sources change are brought up to date once a minute, until the pod ends: what is
  /// cleaned up must not be made anew.
  private void refresh(Instant now) {
    if (nextRefresh.isAfter(now)) {
      return;
    }
    nextRefresh = now.plus(RESYNC);
    if (state.memory().prepared()
        && !inFlight.containsKey(REFRESH)
        && observed(now).ending().isEmpty()) {
      begin(REFRESH, () -> refreshVolumes());
    }
  }

  private Effect refreshVolumes() {
    try {
      parts.host().refresh(pod);
    } catch (PodTrouble e) {
      parts.events().warning(pod, e.reason(), e.words());
    } catch (InterruptedException e) {
      // the pod is being ended
    }
    return nothing -> {};
  }

  private Observed observed(Instant now) {
    var cached = pod;
    var shown =
        state
            .writtenAfter(ResourceVersions.of(cached))
            .map(status -> PodWriter.withStatus(cached, status))
            .orElse(cached);
    return new Observed(
        shown,
        gone,
        view,
        state.memory(),
        Map.copyOf(inFlight).keySet(),
        parts.network().notReady(),
        now,
        parts.wall().instant());
  }

  private void launch(Action action, Instant now) {
    switch (action) {
      case Action.CancelStart(String key) ->
          Optional.ofNullable(inFlight.get(key)).ifPresent(Runnable::run);
      case Action.DeletePod _ when !state.mayDelete(now) -> looks.add(state.deleteAgain());
      case Action.StopContainer stop -> {
        state.stopping(stop.id(), now.plus(stop.grace()));
        begin(action);
      }
      default -> begin(action);
    }
  }

  private void begin(Action action) {
    var current = pod;
    var seen = view;
    var memory = state.memory();
    begin(action.key(), () -> actions.perform(action, current, seen, memory));
  }

  private interface Work {
    Effect perform();
  }

  private void begin(String key, Work work) {
    Runnable nobody = () -> {};
    inFlight.put(key, nobody);
    var cancel = parts.background().launch(identity.name() + " " + key, () -> perform(key, work));
    inFlight.replace(key, nobody, cancel);
  }

  private void perform(String key, Work work) {
    Effect effect = nothing -> {};
    try {
      effect = work.perform();
    } catch (RuntimeFailure | KubernetesClientException e) {
      log.warn("pod {}: {}: {}", identity.display(), key, e.getMessage());
      effect = memory -> memory.pauseAfterFailure(parts.steady().instant().plus(AFTER_FAILURE));
    } catch (RuntimeException | Error e) {
      log.error("pod {}: {}", identity.display(), key, e);
      effect = memory -> memory.pauseAfterFailure(parts.steady().instant().plus(AFTER_FAILURE));
    } finally {
      // In this order: what is neither in flight nor waiting to be heeded is planned again.
      effects.add(new Done(key, effect));
      inFlight.remove(key);
      wake.run();
    }
  }

  /// Asks the probes that are due, and puts what they say so far into the memory.
  private Optional<Instant> probe(Observed o) {
    boolean ending = o.ending().isPresent();
    Optional<Instant> next = Optional.empty();
    for (var running : view.running()) {
      var container = PodActions.find(pod, running.name());
      if (container.isPresent() && probed(container.get()) && !o.starting(running.name())) {
        var since = new ProbeBook.Running(running.id(), view.startedAt(running));
        formerly(running).ifPresent(before -> state.probes.adopt(container.get(), since, before));
        for (var due : state.probes.due(container.get(), since, ending, o.now())) {
          begin(due.key(), () -> ask(due));
        }
        judge(container.get(), since);
        next = earlier(next, state.probes.next(container.get(), since, ending));
      }
    }
    return next;
  }

  /// What the API server knows of this very container.
  private Optional<ProbeBook.Summary> formerly(ContainerStatus running) {
    if (pod.getStatus() == null) {
      return Optional.empty();
    }
    var id = parts.runtimeName() + "://" + running.id();
    return Stream.concat(
            pod.getStatus().getContainerStatuses().stream(),
            pod.getStatus().getInitContainerStatuses().stream())
        .filter(status -> id.equals(status.getContainerID()))
        .map(status ->
            new ProbeBook.Summary(
                Boolean.TRUE.equals(status.getStarted()),
                true,
                Boolean.TRUE.equals(status.getReady())))
        .findFirst();
  }

  private static boolean probed(Container container) {
    return container.getLivenessProbe() != null
        || container.getReadinessProbe() != null
        || container.getStartupProbe() != null;
  }

  private void judge(Container container, ProbeBook.Running running) {
    var summary = state.probes.summary(container, running);
    var verdict = new Verdict(running.id(), summary.started(), summary.alive(), summary.ready());
    state.container(container.getName(), memory -> memory.withVerdict(Optional.of(verdict)));
  }

  private Effect ask(ProbeBook.Due due) {
    var address =
        view.current().flatMap(s -> s.ips().stream().findFirst()).orElse(parts.hostAddress());
    Prober.Answer answer;
    try {
      answer =
          parts
              .prober()
              .ask(new Prober.Question(due.container(), due.containerId(), address, due.probe()));
    } catch (InterruptedException e) {
      answer = Prober.Answer.none("given up");
    }
    if (answer.outcome() != Prober.Outcome.GOOD) {
      boolean bad = answer.outcome() == Prober.Outcome.BAD;
      var message = due.role() + " probe " + (bad ? "failed: " : "errored: ") + answer.output();
      parts.events().warning(pod, due.container().getName(), "Unhealthy", message);
    }
    var outcome = answer.outcome();
    return memory -> memory.probes.note(due, outcome, parts.steady().instant());
  }

  /// Writes the status if it says something new. One write at a time: what changes while it is
  /// under way is said by the next one, and what came and went in between is not said at all.
  private void tell(Observed o) {
    if (gone
        || o.inFlight().contains(STATUS)
        || state.tellAgain(o.now()).isPresent()
        || (Pods.isTerminal(o.pod()) && !PodPhase.couldRun(o) && state.memory().cleanedUp())) {
      return;
    }
    var status = PodStatuses.of(o, parts.runtimeName(), parts.hostAddress());
    if (!status.equals(o.pod().getStatus())) {
      begin(STATUS, () -> write(o.pod(), status));
    }
  }

  private Effect write(Pod shown, PodStatus status) {
    try {
      var written = new PodWriter(parts.client()).status(shown, status);
      if (written.isEmpty()) return nothing -> {};
      var before = shown.getStatus();
      if (before != null) statusEvents.tell(shown, before, status);
      return memory -> memory.written(written.get());
    } catch (KubernetesClientException e) {
      log.warn("pod {}: its status: {}", identity.display(), e.getMessage());
      var again = parts.steady().instant().plus(AFTER_FAILURE);
      return memory -> memory.tellAgainAt(again);
    }
  }
}
