package io.ordinal.cluster.nodes;

import io.ordinal.cluster.ClusterConfig;
import io.ordinal.cluster.ControlPlane;
import io.ordinal.cluster.Parts;
import io.ordinal.cluster.Timing;
import io.ordinal.node.NodeAgent;
import io.ordinal.node.NodeConfig;
import io.ordinal.node.NodeParts;
import io.ordinal.node.PodNetwork;
import io.ordinal.node.images.LocalImages;
import io.ordinal.node.machine.NetworkLayout;
import io.ordinal.node.simulated.SimulatedClockwork;
import io.ordinal.node.simulated.SimulatedMachine;
import io.ordinal.node.simulated.SimulatedRuntime;
import io.ordinal.server.ApiException;
import io.ordinal.server.ExecSession;
import io.ordinal.server.Frames;
import io.ordinal.server.NodeStreams;
import io.ordinal.server.PodConnection;
import io.ordinal.server.Status;
import io.ordinal.server.User;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/// Nodes on which no container runs: pods go through their lives as if.
public final class SimulatedNodes implements Nodes {

  private final ClusterConfig config;
  private final NetworkLayout layout;
  private final Timing timing;
  private final Parts parts = new Parts();

  /// Nothing has to be prepared.
  public SimulatedNodes(ClusterConfig config, NetworkLayout layout, Timing timing) {
    this.config = config;
    this.layout = layout;
    this.timing = timing;
  }

  @Override
  public List<InetSocketAddress> listenFor(int apiPort) {
    return List.of();
  }

  @Override
  public boolean admits(InetAddress peer) {
    return false;
  }

  @Override
  public void start(ControlPlane plane, int apiPort) {
    for (var link : layout.nodes()) {
      var runtime = new SimulatedRuntime(timing.wall(), timing.steady(), link.podCidr().toString());
      parts.add(SimulatedClockwork.start(runtime));
      var node =
          NodeConfig.simulated(
              link.node(),
              link.address().toString(),
              config.data().resolve("nodes").resolve(link.node()));
      var machine = new SimulatedMachine(link.node(), node.size().orElseThrow());
      parts.add(
          NodeAgent.start(
              plane.clientOfPart(User.node(link.node())), node, partsOf(runtime, machine)));
    }
  }

  private NodeParts partsOf(SimulatedRuntime runtime, SimulatedMachine machine) {
    return new NodeParts(
        runtime,
        PodNetwork.NONE,
        LocalImages.of(config.data()),
        machine,
        timing.wall(),
        timing.steady(),
        timing.random());
  }

  @Override
  public NodeStreams streams() {
    return new NodeStreams() {
      @Override
      public Frames logs(NodeStreams.PodRef pod, NodeStreams.LogOptions options) {
        throw nothingRuns(pod);
      }

      @Override
      public ExecSession exec(NodeStreams.PodRef pod, NodeStreams.ExecOptions options) {
        throw nothingRuns(pod);
      }

      @Override
      public ExecSession attach(NodeStreams.PodRef pod, String container, NodeStreams.Stdio stdio) {
        throw nothingRuns(pod);
      }

      @Override
      public PodConnection connect(NodeStreams.PodRef pod, int port) {
        throw nothingRuns(pod);
      }
    };
  }

  private static ApiException nothingRuns(NodeStreams.PodRef pod) {
    return new ApiException(
        Status.failure(
            501,
            "NotImplemented",
            "node "
                + pod.node()
                + " simulates its containers: they have no output, run no commands and listen on no port"));
  }

  @Override
  public void stopPods() {
    close();
  }

  @Override
  public void close() {
    parts.close();
  }
}
