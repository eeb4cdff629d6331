package io.ordinal.node;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.ordinal.kube.Events;
import io.ordinal.kube.Informer;
import io.ordinal.kube.Informers;
import io.ordinal.kube.ObjectKey;
import io.ordinal.kube.Pods;
import io.ordinal.node.facts.PodEvents;
import io.ordinal.node.pod.Background;
import io.ordinal.node.pod.PodParts;
import io.ordinal.node.pod.PodWorker;
import io.ordinal.node.runtime.ContainerRuntime;
import io.ordinal.node.runtime.Labels;
import io.ordinal.node.runtime.RuntimeFailure;
import io.ordinal.node.runtime.SandboxStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Runs the pods that are assigned to one node. Several agents may live in one process, each a node
/// of its own.
///
/// Closing it leaves the containers running: the next agent of that name adopts them by their
/// labels.
public final class NodeAgent implements AutoCloseable {
  private final NodeConfig config;
  private final NodeParts parts;
  private final Pace pace;
  private final Informers informers;
  private final Informer<Pod> pods;
  private final Informer<Node> nodes;
  private final Events events;
  private final PodParts podParts;
  private final Map<String, Attended> workers = new ConcurrentHashMap<>();
  private final Map<String, PodWorker> owners = new ConcurrentHashMap<>();
  private final Set<String> admitted = ConcurrentHashMap.newKeySet();
  private final ContainerRuntime.Subscription changes;
  private volatile boolean adopted;
  private volatile boolean suspended;

  private record Attended(PodWorker worker, Runnable wake) {}

  private NodeAgent(KubernetesClient client, NodeConfig config, NodeParts parts, Pace pace) {
    this.config = config;
    this.parts = parts;
    this.pace = pace;
    this.informers = new Informers(client, parts.steady(), parts.random());
    this.events = new Events(client, "kubelet", parts.wall());
    this.pods = informers.of(Pod.class, "spec.nodeName=" + config.name());
    this.nodes = informers.of(Node.class, "metadata.name=" + config.name());
    var background = pace instanceof SteppedPace ? Background.AT_ONCE : Background.THREADS;
    var making = new Making(client, config, parts, new PodEvents(events), background);
    this.podParts =
        making.podParts(
            making.isSimulated() ? new Informer<>(Service.class) : informers.of(Service.class));
    this.changes = parts.runtime().onChange(this::changed);
    pods.onChange(this::podChanged);
    pace.add("node " + config.name(), new Heartbeat(client, config, parts, events, nodes));
    pace.add("lease " + config.name(), new NodeLease(client, config.name(), parts));
    pace.add("adoption " + config.name(), this::adopt);
    if (!making.isSimulated()) {
      new Chores(config, parts, this::attended)
          .all()
          .forEach(chore -> pace.add("chore " + config.name(), chore));
    }
  }

  /// Starts a node that lives on virtual threads.
  public static NodeAgent start(KubernetesClient client, NodeConfig config, NodeParts parts) {
    var agent = new NodeAgent(client, config, parts, new ThreadPace(parts.steady()));
    agent.informers.start();
    agent.events.start();
    return agent;
  }

  /// A node without threads: it does something only when [#step] is called.
  public static NodeAgent stepped(KubernetesClient client, NodeConfig config, NodeParts parts) {
    return new NodeAgent(client, config, parts, new SteppedPace(parts.steady()));
  }

  /// Does what is to be done now, without waiting. True when there was something. Only for
  /// [#stepped] agents.
  public boolean step() {
    boolean worked = informers.step();
    worked |= ((SteppedPace) pace).step();
    worked |= events.step();
    return worked;
  }

  /// When there is something to do next if nothing happens before; to turn a clock to. Only for
  /// [#stepped] agents.
  public Optional<Instant> nextDue() {
    return List.of(((SteppedPace) pace).nextDue(), informers.nextDue()).stream()
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }

  /// The node's name.
  public String name() {
    return config.name();
  }

  /// Logs and commands of the pods of this node.
  public NodeStreams streams() {
    return new NodeStreams(
        config,
        parts.runtime(),
        uid -> Optional.ofNullable(workers.get(uid)).map(Attended::worker));
  }

  private List<PodWorker> attended() {
    return workers.values().stream().map(Attended::worker).toList();
  }

  private void podChanged(@Nullable Pod before, @Nullable Pod after) {
    if (before != null && (after == null || !uid(before).equals(uid(after)))) {
      Optional.ofNullable(workers.get(uid(before))).ifPresent(a -> a.worker().gone());
    }
    if (after == null) {
      return;
    }
    var known = workers.get(uid(after));
    if (known == null) {
      attend(after, false);
    } else {
      known.worker().update(after);
    }
  }

  private static String uid(Pod pod) {
    return pod.getMetadata().getUid();
  }

  private synchronized void attend(Pod pod, boolean gone) {
    var wake = new Wake();
    var worker = new PodWorker(pod, podParts, wake);
    if (gone) worker.gone();
    if (suspended) worker.suspend();
    workers.put(uid(pod), new Attended(worker, wake));
    wake.target = pace.add("pod " + worker.identity().display(), new Attention(worker));
  }

  /// A worker must know how to be woken before the loop that wakes it exists.
  private static final class Wake implements Runnable {
    private volatile Runnable target = () -> {};

    @Override
    public void run() {
      target.run();
    }
  }

  /// The life of one worker: first whether the node takes the pod at all, then its steps until
  /// nothing is left of it.
  private final class Attention implements Pace.Task {
    private final PodWorker worker;
    private boolean judged;
    private Set<String> owned = Set.of();

    Attention(PodWorker worker) {
      this.worker = worker;
    }

    @Override
    public Optional<Instant> step() {
      // Its own last effect may wake it once more.
      if (worker.retired()) return Optional.empty();
      if (!judged && !judge()) {
        return Optional.of(parts.steady().instant().plusMillis(100));
      }
      var next = worker.step();
      own(worker.retired() ? Set.of() : worker.view().ids());
      if (worker.retired()) {
        workers.remove(worker.identity().uid());
        admitted.remove(worker.identity().uid());
        return Optional.empty();
      }
      return Optional.of(next);
    }

    /// What the runtime tells of one of these concerns this pod.
    private void own(Set<String> ids) {
      if (ids.equals(owned)) {
        return;
      }
      ids.forEach(id -> owners.put(id, worker));
      owned.stream().filter(id -> !ids.contains(id)).forEach(owners::remove);
      owned = ids;
    }

    /// False when the Node object is not known yet. Pods that were here before are not judged
    /// again.
    private boolean judge() {
      var pod = worker.pod();
      if (Pods.isTerminal(pod)
          || Pods.isTerminating(pod)
          || pod.getStatus() == null
          || startedBefore(pod)) {
        judged = true;
        return true;
      }
      var node = nodes.get(new ObjectKey("", config.name()));
      if (node.isEmpty() || node.get().getStatus() == null) {
        return false;
      }
      synchronized (NodeAgent.this) {
        Admission.refuse(pod, node.get(), others(worker)).ifPresent(worker::refuse);
        judged = true;
        admitted.add(worker.identity().uid());
      }
      return true;
    }

    private boolean startedBefore(Pod pod) {
      var start = pod.getStatus().getStartTime();
      if (start != null) admitted.add(uid(pod));
      return start != null;
    }
  }

  private List<Pod> others(PodWorker worker) {
    return workers.values().stream()
        .map(Attended::worker)
        .filter(other -> other != worker && admitted.contains(other.identity().uid()))
        .filter(other -> !other.refused())
        .map(PodWorker::pod)
        .filter(pod -> !Pods.isTerminal(pod))
        .toList();
  }

  private void changed(String id) {
    Optional.ofNullable(owners.get(id)).ifPresent(PodWorker::hint);
  }

  /// Once the pods of this node are known, sandboxes of pods that are none of them are ended.
  private Optional<Instant> adopt() {
    var now = parts.steady().instant();
    if (!pods.synced()) {
      return Optional.of(now.plusMillis(50));
    }
    try {
      parts.runtime().sandboxes(Map.of(Labels.NODE, config.name())).stream()
          .filter(sandbox -> !workers.containsKey(sandbox.pod().uid()))
          .forEach(sandbox -> attend(orphan(sandbox), true));
      adopted = true;
      return Optional.empty();
    } catch (RuntimeFailure e) {
      return Optional.of(now.plusSeconds(1));
    }
  }

  /// Whether what an earlier agent of this name left behind has been looked at.
  public boolean adopted() {
    return adopted;
  }

  private static Pod orphan(SandboxStatus sandbox) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(sandbox.pod().namespace())
        .withName(sandbox.pod().name())
        .withUid(sandbox.pod().uid())
        .endMetadata()
        .withNewSpec()
        .endSpec()
        .build();
  }

  /// Begins to end all containers in the order in which pods end, with their hooks and graces,
  /// while the pods stay as they are in the API: the next agent of this name runs them again. The
  /// agent is to be closed when [#podsAreStill].
  ///
  /// @return how long the slowest pod may take
  public synchronized Duration suspendPods() {
    suspended = true;
    attended().forEach(PodWorker::suspend);
    return attended().stream()
        .map(PodWorker::grace)
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  /// Whether no container and no sandbox of this node runs any more.
  public boolean podsAreStill() {
    return attended().stream().allMatch(PodWorker::isStill);
  }

  @Override
  public void close() {
    changes.close();
    pace.close();
    informers.close();
    events.close();
  }
}
