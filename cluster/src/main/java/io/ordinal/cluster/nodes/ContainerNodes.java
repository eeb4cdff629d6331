package io.ordinal.cluster.nodes;

import io.ordinal.cluster.Ahead;
import io.ordinal.cluster.ClusterConfig;
import io.ordinal.cluster.ControlPlane;
import io.ordinal.cluster.DataFolder;
import io.ordinal.cluster.Parts;
import io.ordinal.cluster.Timing;
import io.ordinal.cluster.UserError;
import io.ordinal.kube.Events;
import io.ordinal.kube.Informers;
import io.ordinal.node.LinuxMachine;
import io.ordinal.node.NodeAgent;
import io.ordinal.node.NodeConfig;
import io.ordinal.node.NodeParts;
import io.ordinal.node.containerd.Containerd;
import io.ordinal.node.containerd.ContainerdSettings;
import io.ordinal.node.containerd.Leftovers;
import io.ordinal.node.cri.CriRuntime;
import io.ordinal.node.images.ImageStore;
import io.ordinal.node.images.LocalImages;
import io.ordinal.node.machine.Footprint;
import io.ordinal.node.machine.NetworkLayout;
import io.ordinal.node.machine.NodeLink;
import io.ordinal.node.network.ClusterServices;
import io.ordinal.node.network.NodeNetwork;
import io.ordinal.node.volume.Volumes;
import io.ordinal.server.NodeStreams;
import io.ordinal.server.User;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Nodes on Ordinal's own containerd, each with a bridge and a pod range of its own.
public final class ContainerNodes implements Nodes {

  private static final Logger LOG = LoggerFactory.getLogger(ContainerNodes.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private final ClusterConfig config;
  private final NetworkLayout layout;
  private final Timing timing;
  private final Parts parts = new Parts();
  private final List<NodeAgent> agents = new ArrayList<>();
  private final Ahead<NetworkLayout> network;
  private final Ahead<CriRuntime> runtime;

  /// Begins at once to prepare the machine: bridges, then containerd with the pause image.
  public ContainerNodes(ClusterConfig config, NetworkLayout layout, Timing timing) {
    this.config = config;
    this.layout = layout;
    this.timing = timing;
    network = Ahead.of("prepare-network", this::prepareNetwork);
    runtime = Ahead.of("prepare-containerd", this::prepareRuntime);
  }

  private NetworkLayout prepareNetwork() throws IOException {
    NodeNetwork.prepare(layout);
    return layout;
  }

  private CriRuntime prepareRuntime() throws IOException, InterruptedException {
    var layout = await(network);
    var containerd = parts.add(Containerd.start(ContainerdSettings.of(layout), timing.steady()));
    var containers = parts.add(CriRuntime.at(containerd.socket()));
    if (!containerd.await(() -> containers.health().runtimeReady(), PATIENCE)) {
      throw new UserError(
          UserError.MACHINE,
          "containerd does not answer within %d s: see %s"
              .formatted(PATIENCE.toSeconds(), layout.footprint().containerdFolder()));
    }
    images(config.data(), timing).ensurePause(name -> containers.image(name).isPresent());
    return containers;
  }

  /// The images of a data folder's containerd.
  public static ImageStore images(Path data, Timing timing) {
    return new ImageStore(
        Footprint.of(data).containerdSocket(), LocalImages.of(data), timing.wall());
  }

  @Override
  public List<InetSocketAddress> listenFor(int apiPort) {
    return await(network).nodes().stream()
        .map(link -> new InetSocketAddress(link.gateway().toString(), apiPort))
        .toList();
  }

  @Override
  public boolean admits(InetAddress peer) {
    return layout.pods().contains(peer);
  }

  @Override
  public void start(ControlPlane plane, int apiPort) {
    var proxyClient = plane.clientOfPart(User.part("system:kube-proxy"));
    var informers = new Informers(proxyClient, timing.steady(), timing.random());
    var events = parts.add(new Events(proxyClient, "ordinal-network", timing.wall()));
    ClusterServices.wanted(layout, apiPort).forEach(object -> Ensure.present(plane, object));
    try {
      var network =
          parts.add(NodeNetwork.start(layout, informers, events, timing.steady(), timing.random()));
      parts.add(informers);
      informers.start();
      events.start();
      for (var link : layout.nodes()) {
        var nodeParts =
            new NodeParts(
                await(runtime),
                network.of(link.node()),
                LocalImages.of(config.data()),
                new LinuxMachine(config.data()),
                timing.wall(),
                timing.steady(),
                timing.random());
        var client = plane.clientOfPart(User.node(link.node()));
        agents.add(parts.add(NodeAgent.start(client, configOf(link), nodeParts)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private NodeConfig configOf(NodeLink link) {
    var data = new DataFolder(config.data());
    return new NodeConfig(
        link.node(),
        link.address().toString(),
        config.data().resolve("nodes").resolve(link.node()),
        data.logs().resolve("pods"),
        new NodeConfig.ClusterDns(layout.domain(), List.of(layout.dnsClusterIp().toString())),
        layout.footprint().cgroup() + "/" + link.node(),
        Map.of(),
        Optional.empty());
  }

  private static <T> T await(Ahead<T> prepared) {
    try {
      return prepared.get();
    } catch (UserError e) {
      throw e;
    } catch (RuntimeException e) {
      if (Thread.currentThread().isInterrupted()) throw e;
      var cause = e.getCause() == null ? e : e.getCause();
      throw new UserError(
          UserError.MACHINE,
          "containers cannot run here: " + cause.getMessage() + "; see ./ordinal doctor");
    }
  }

  @Override
  public NodeStreams streams() {
    return new AgentStreams(agents);
  }

  @Override
  public void stopPods() {
    var longest =
        agents.stream()
            .map(NodeAgent::suspendPods)
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    awaitStillness(longest.plus(PATIENCE));
    close();
    cleanUp(layout.footprint());
  }

  /// What does not end in time is killed by the cleaning up.
  private void awaitStillness(Duration longest) {
    var end = timing.steady().instant().plus(longest);
    try {
      while (!agents.stream().allMatch(NodeAgent::podsAreStill)) {
        if (timing.steady().instant().isAfter(end)) {
          LOG.warn("some containers have not ended within {}: they are killed", longest);
          return;
        }
        Thread.sleep(LOOK_AGAIN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Ends what still runs of a data folder's containers, and takes its network from the machine.
  public static void cleanUp(Footprint footprint) {
    try {
      Containerd.stop(footprint);
      new Leftovers(footprint).remove();
      Volumes.release(footprint.dataFolder().resolve("nodes"));
      NodeNetwork.remove(footprint);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    parts.close();
    if (agents.isEmpty()) takeBackNetwork();
  }

  /// A start that failed leaves the machine as it was, unless containers of an earlier one live on.
  private void takeBackNetwork() {
    try {
      network.get();
      if (!new Leftovers(layout.footprint()).areAlive()) NodeNetwork.remove(layout.footprint());
    } catch (RuntimeException | IOException e) {
      LOG.info("what was prepared of the network stays: {}", e.toString());
    }
  }
}
