package io.ordinal.server.stream;

import io.ordinal.server.ApiException;
import io.ordinal.server.ApiRequest;
import io.ordinal.server.ApiResponse;
import io.ordinal.server.ExecCall;
import io.ordinal.server.Headers;
import io.ordinal.server.NodeStreams;
import io.ordinal.server.NodeStreams.ExecOptions;
import io.ordinal.server.NodeStreams.PodRef;
import io.ordinal.server.Query;
import io.ordinal.server.Status;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// The subresources of a pod that reach its node: `log` and `exec` (contract D, E1).
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
    if (node(pod).isEmpty()) {
      throw refused("pod " + name(pod) + " does not have a host assigned");
    }
    var phase = pod.path("status").path("phase").asString("");
    if (ENDED.contains(phase)) {
      throw refused("cannot exec into a container in a completed pod; current phase is " + phase);
    }
    var options = execOptions(pod, request.query());
    return new ApiResponse.Upgrade(Headers.NONE, new ExecCall(nodes, reference(pod), options));
  }

  private static ExecOptions execOptions(JsonNode pod, Query query) {
    var tty = query.flag("tty");
    var options =
        new ExecOptions(
            ContainerChoice.of(pod, query.first("container")),
            query.all("command"),
            query.flag("stdin"),
            query.flag("stdout"),
            query.flag("stderr") && !tty,
            tty);
    if (options.command().isEmpty()) {
      throw refused("you must specify at least 1 command for the container");
    }
    if (!options.stdin() && !options.stdout() && !options.stderr()) {
      throw refused("you must specify at least 1 of stdin, stdout, stderr");
    }
    return options;
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
