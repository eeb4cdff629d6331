package io.ordinal.server.stream;

import io.ordinal.server.ApiException;
import io.ordinal.server.ApiRequest;
import io.ordinal.server.ApiResponse;
import io.ordinal.server.ExecCall;
import io.ordinal.server.ForwardCall;
import io.ordinal.server.Headers;
import io.ordinal.server.NodeStreams;
import io.ordinal.server.NodeStreams.ExecOptions;
import io.ordinal.server.NodeStreams.PodRef;
import io.ordinal.server.NodeStreams.Stdio;
import io.ordinal.server.Query;
import io.ordinal.server.Status;
import io.ordinal.server.StreamCall;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// The subresources of a pod that reach its node: `log`, `exec`, `attach` and `portforward`
/// (contract D, E1).
public final class PodStreams {
  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

  private final NodeStreams nodes;
  private final InstantSource clock;

  /// Reaches pods through these nodes.
  public PodStreams(NodeStreams nodes, InstantSource clock) {
    this.nodes = nodes;
    this.clock = clock;
  }

  /// `GET pods/{name}/log`: plain text, pulled as it comes. The log of a pod without a node is
  /// empty.
  public ApiResponse log(JsonNode pod, ApiRequest request) {
    var container = ContainerChoice.of(pod, request.query().first("container"));
    var options = LogParameters.parse(request.query(), name(pod), container, clock.instant());
    var headers = Headers.of("Content-Type", "text/plain");
    if (node(pod).isEmpty()) {
      return new ApiResponse.Whole(200, headers, List.of());
    }
    return new ApiResponse.Streamed(200, headers, nodes.logs(reference(pod), options));
  }

  /// `GET` or `POST pods/{name}/exec`: what to run, once the transport has agreed on a protocol.
  public ApiResponse exec(JsonNode pod, ApiRequest request) {
    requireRunning(pod, "exec into a container in");
    var query = request.query();
    var container = ContainerChoice.of(pod, query.first("container"));
    var command = query.all("command");
    if (command.isEmpty()) {
      throw refused("you must specify at least 1 command for the container");
    }
    var options = new ExecOptions(container, command, stdio(query));
    var reference = reference(pod);
    return upgrade(new ExecCall(options.stdio(), () -> nodes.exec(reference, options)));
  }

  /// `GET` or `POST pods/{name}/attach`: the streams of a container's own process.
  public ApiResponse attach(JsonNode pod, ApiRequest request) {
    requireRunning(pod, "attach a container in");
    var container = ContainerChoice.of(pod, request.query().first("container"));
    var stdio = stdio(request.query());
    var reference = reference(pod);
    return upgrade(new ExecCall(stdio, () -> nodes.attach(reference, container, stdio)));
  }

  /// `GET` or `POST pods/{name}/portforward`: which ports, the transport hears from the client.
  public ApiResponse forward(JsonNode pod) {
    requireRunning(pod, "forward ports of");
    return upgrade(new ForwardCall(nodes, reference(pod)));
  }

  private static ApiResponse upgrade(StreamCall call) {
    return new ApiResponse.Upgrade(Headers.NONE, call);
  }

  private static void requireRunning(JsonNode pod, String what) {
    if (node(pod).isEmpty()) {
      throw refused("pod " + name(pod) + " does not have a host assigned");
    }
    var phase = pod.path("status").path("phase").asString("");
    if (ENDED.contains(phase)) {
      throw refused("cannot " + what + " a completed pod; current phase is " + phase);
    }
  }

  private static Stdio stdio(Query query) {
    var tty = query.flag("tty");
    var stdio =
        new Stdio(query.flag("stdin"), query.flag("stdout"), query.flag("stderr") && !tty, tty);
    if (!stdio.stdin() && !stdio.stdout() && !stdio.stderr()) {
      throw refused("you must specify at least 1 of stdin, stdout, stderr");
    }
    return stdio;
  }

  private static PodRef reference(JsonNode pod) {
    var metadata = pod.path("metadata");
    return new PodRef(
        metadata.path("namespace").asString(""),
        name(pod),
        metadata.path("uid").asString(""),
        node(pod));
  }

  private static String name(JsonNode pod) {
    return pod.path("metadata").path("name").asString("");
  }

  private static String node(JsonNode pod) {
    return pod.path("spec").path("nodeName").asString("");
  }

  private static ApiException refused(String why) {
    return new ApiException(Status.badRequest(why));
  }
}
