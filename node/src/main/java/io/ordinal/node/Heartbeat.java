package io.ordinal.node;

import io.fabric8.kubernetes.api.model.ContainerImage;
import io.fabric8.kubernetes.api.model.ContainerImageBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.ordinal.kube.Events;
import io.ordinal.kube.Informer;
import io.ordinal.kube.ObjectKey;
import io.ordinal.kube.ResourceVersions;
import io.ordinal.node.runtime.ContainerRuntime;
import io.ordinal.node.runtime.Image;
import io.ordinal.node.runtime.RuntimeFailure;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the API server that the node is there and how it fares: looks every 10 s, writes what
/// changed at once and the rest every 5 minutes. A node that is not ready yet is looked at more
/// often.
final class Heartbeat implements Pace.Task {
  private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);
  private static final Duration LOOK = Duration.ofSeconds(10);
  private static final Duration IMPATIENT = Duration.ofMillis(100);
  private static final Duration REPORT = Duration.ofMinutes(5);
  private static final int MOST_IMAGES = 50;

  private final KubernetesClient client;
  private final NodeRecord record;
  private final NodeConfig config;
  private final Machine machine;
  private final ContainerRuntime runtime;
  private final PodNetwork network;
  private final InstantSource wall;
  private final InstantSource steady;
  private final Events events;
  private final Informer<Node> nodes;

  private @Nullable Node node;
  private ContainerRuntime.@Nullable Version version;
  private Instant reported = Instant.EPOCH;
  private boolean silent;

  /// `nodes` shows what others made of the Node object.
  Heartbeat(
      KubernetesClient client,
      NodeConfig config,
      NodeParts parts,
      Events events,
      Informer<Node> nodes) {
    this.client = client;
    this.config = config;
    this.machine = parts.machine();
    this.record = new NodeRecord(config, machine);
    this.runtime = parts.runtime();
    this.network = parts.network();
    this.wall = parts.wall();
    this.steady = parts.steady();
    this.events = events;
    this.nodes = nodes;
  }

  @Override
  public Optional<Instant> step() {
    var now = steady.instant();
    try {
      var health = health();
      if (node == null) {
        register(health, now);
      } else {
        report(health, now);
      }
      silent = false;
      return Optional.of(now.plus(health.notReady().isEmpty() ? LOOK : IMPATIENT));
    } catch (KubernetesClientException | RuntimeFailure e) {
      if (!silent) log.warn("node {} cannot be heard: {}", config.name(), e.getMessage());
      silent = true;
      return Optional.of(now.plusSeconds(1));
    }
  }

  private NodeRecord.Health health() {
    try {
      if (version == null) version = runtime.version();
      var answer = runtime.health();
      return new NodeRecord.Health(
          version, whyNotReady(answer), machine.pressure(), images(runtime.images()));
    } catch (RuntimeFailure e) {
      var unknown = version == null ? new ContainerRuntime.Version("unknown", "unknown") : version;
      return new NodeRecord.Health(
          unknown, "container runtime is down: " + e.words(), machine.pressure(), List.of());
    }
  }

  private String whyNotReady(ContainerRuntime.Health answer) {
    if (!answer.runtimeReady()) {
      return "container runtime status check may not have completed yet: " + answer.message();
    }
    return network
        .notReady()
        .map(why -> "container runtime network not ready: " + why)
        .orElse(
            answer.networkReady()
                ? ""
                : "container runtime network not ready: " + answer.message());
  }

  private static List<ContainerImage> images(List<Image> all) {
    return all.stream()
        .sorted(Comparator.comparingLong(Image::size).reversed())
        .limit(MOST_IMAGES)
        .map(image ->
            new ContainerImageBuilder()
                .addAllToNames(image.digests())
                .addAllToNames(image.tags())
                .withSizeBytes(image.size())
                .build())
        .toList();
  }

  private void register(NodeRecord.Health health, Instant now) {
    try {
      var fresh = record.fresh(health, wall.instant());
      node = client.nodes().resource(fresh).create();
      if (!status(node).getConditions().isEmpty()) {
        reported = now;
      }
      machine.simulated().ifPresent(words -> events.warning(fresh, "Simulated", words));
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      node = client.nodes().withName(config.name()).get();
      relabel();
    }
    report(health, now);
  }

  /// A node that is known from before keeps what others wrote on it.
  private void relabel() {
    node =
        client
            .nodes()
            .withName(config.name())
            .edit(known ->
                new NodeBuilder(known)
                    .editMetadata()
                    .addToLabels(record.labels())
                    .addToAnnotations(record.annotations())
                    .endMetadata()
                    .build());
  }

  private void report(NodeRecord.Health health, Instant now) {
    var before = newest();
    var status = record.status(before, health, wall.instant());
    if (reported.plus(REPORT).isAfter(now) && same(status(before), status)) {
      return;
    }
    var fresh = client.nodes().withName(config.name()).get();
    if (fresh == null) {
      node = null;
      return;
    }
    node =
        client
            .nodes()
            .resource(
                new NodeBuilder(fresh)
                    .withStatus(record.status(fresh, health, wall.instant()))
                    .build())
            .patchStatus();
    reported = now;
  }

  /// The informer shows what others wrote, such as that nobody hears of this node; after a write of
  /// our own it is late for a moment.
  private Node newest() {
    var own = Objects.requireNonNull(node);
    return nodes
        .get(new ObjectKey("", config.name()))
        .filter(heard -> ResourceVersions.of(heard) > ResourceVersions.of(own))
        .orElse(own);
  }

  private static NodeStatus status(Node node) {
    return node.getStatus() == null ? new NodeStatus() : node.getStatus();
  }

  /// Whether all but the times is the same.
  private static boolean same(NodeStatus a, NodeStatus b) {
    return words(a).equals(words(b))
        && a.getImages().equals(b.getImages())
        && a.getCapacity().equals(b.getCapacity())
        && a.getAddresses().equals(b.getAddresses());
  }

  private static List<String> words(NodeStatus status) {
    return status.getConditions().stream().map(Heartbeat::words).toList();
  }

  private static String words(NodeCondition condition) {
    return condition.getType()
        + condition.getStatus()
        + condition.getReason()
        + condition.getMessage();
  }
}
