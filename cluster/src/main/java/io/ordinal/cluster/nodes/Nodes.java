package io.ordinal.cluster.nodes;

import io.ordinal.cluster.ControlPlane;
import io.ordinal.server.NodeStreams;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/// The logical nodes of this machine. They are prepared while the API server starts, and started
/// when it answers.
public sealed interface Nodes extends AutoCloseable permits ContainerNodes, SimulatedNodes {

  /// Waits until pods could reach the API server, and answers the addresses on which it must listen
  /// for them.
  ///
  /// @throws io.ordinal.cluster.UserError when this machine cannot run containers
  List<InetSocketAddress> listenFor(int apiPort);

  /// Whether a peer on those addresses is one of ours.
  boolean admits(InetAddress peer);

  /// Starts the agents. Returns at once; the Node objects become Ready.
  void start(ControlPlane plane, int apiPort);

  /// Logs and commands of these nodes; they are refused where nothing really runs.
  NodeStreams streams();

  /// Stops every container with its grace, and takes everything of this cluster from the machine
  /// but its data.
  void stopPods();

  /// Stops the agents; containers go on.
  @Override
  void close();
}
