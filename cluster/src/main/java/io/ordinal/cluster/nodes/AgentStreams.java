package io.ordinal.cluster.nodes;

import io.ordinal.node.NodeAgent;
import io.ordinal.node.NodeStreams.Refused;
import io.ordinal.node.logs.LogReader;
import io.ordinal.node.runtime.ExecRequest;
import io.ordinal.server.ApiException;
import io.ordinal.server.ExecSession;
import io.ordinal.server.Frames;
import io.ordinal.server.NodeStreams;
import io.ordinal.server.PodConnection;
import io.ordinal.server.Status;
import java.util.Collection;

/// What the API server needs of the nodes, answered by their agents in this process.
record AgentStreams(Collection<NodeAgent> agents) implements NodeStreams {

  @Override
  public Frames logs(PodRef pod, LogOptions options) {
    try {
      var reader =
          agent(pod)
              .streams()
              .logs(
                  pod.uid(),
                  options.container(),
                  options.previous(),
                  new LogReader.Options(
                      options.follow(),
                      options.timestamps(),
                      options.since(),
                      options.tailLines(),
                      options.limitBytes()));
      return new LogFrames(reader);
    } catch (Refused e) {
      throw refusal(e);
    }
  }

  @Override
  public ExecSession exec(PodRef pod, ExecOptions options) {
    var request = new ExecRequest(options.command(), stdio(options.stdio()));
    try {
      return new AgentExec(agent(pod).streams().exec(pod.uid(), options.container(), request));
    } catch (Refused e) {
      throw refusal(e);
    }
  }

  @Override
  public ExecSession attach(PodRef pod, String container, Stdio stdio) {
    try {
      return new AgentExec(agent(pod).streams().attach(pod.uid(), container, stdio(stdio)));
    } catch (Refused e) {
      throw refusal(e);
    }
  }

  @Override
  public PodConnection connect(PodRef pod, int port) {
    try {
      return new AgentConnection(agent(pod).streams().connect(pod.uid(), port));
    } catch (Refused e) {
      throw refusal(e);
    }
  }

  private static io.ordinal.node.runtime.Stdio stdio(Stdio stdio) {
    return new io.ordinal.node.runtime.Stdio(
        stdio.stdin(), stdio.stdout(), stdio.stderr(), stdio.tty());
  }

  private NodeAgent agent(PodRef pod) {
    return agents.stream()
        .filter(agent -> agent.name().equals(pod.node()))
        .findFirst()
        .orElseThrow(
            () -> new ApiException(Status.internal("no node " + pod.node() + " in this cluster")));
  }

  private static ApiException refusal(Refused e) {
    return new ApiException(Status.badRequest(String.valueOf(e.getMessage())));
  }
}
