package io.ordinal.node.probe;

import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.ordinal.node.probe.wire.HealthCheckRequest;
import io.ordinal.node.probe.wire.HealthCheckResponse;
import io.ordinal.node.runtime.ContainerRuntime;
import io.ordinal.node.runtime.RuntimeFailure;
import io.ordinal.node.runtime.RuntimeFailure.Kind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Asks real containers: by a command, over HTTP, by connecting, by gRPC's health check (contract
/// M9).
public final class LiveProber implements Prober {
  private static final MethodDescriptor<HealthCheckRequest, HealthCheckResponse> CHECK =
      MethodDescriptor.<HealthCheckRequest, HealthCheckResponse>newBuilder()
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName("grpc.health.v1.Health/Check")
          .setRequestMarshaller(ProtoUtils.marshaller(HealthCheckRequest.getDefaultInstance()))
          .setResponseMarshaller(ProtoUtils.marshaller(HealthCheckResponse.getDefaultInstance()))
          .build();

  private final ContainerRuntime runtime;

  /// Commands are run by this runtime.
  public LiveProber(ContainerRuntime runtime) {
    this.runtime = runtime;
  }

  @Override
  public Answer ask(Question question) {
    var probe = question.probe();
    var seconds = probe.getTimeoutSeconds();
    var timeout = Duration.ofSeconds(seconds == null || seconds == 0 ? 1 : seconds);
    if (probe.getExec() != null) {
      return exec(question, timeout);
    }
    if (probe.getHttpGet() != null) {
      var get = probe.getHttpGet();
      return HttpProbe.get(
          get, question.container(), host(get.getHost(), question.podAddress()), timeout);
    }
    if (probe.getTcpSocket() != null) {
      return connect(question, timeout);
    }
    return probe.getGrpc() == null ? Answer.GOOD : health(question, timeout);
  }

  private static String host(@Nullable String said, String otherwise) {
    return said == null || said.isEmpty() ? otherwise : said;
  }

  private Answer exec(Question question, Duration timeout) {
    try {
      var command = question.probe().getExec().getCommand();
      var result = runtime.execSync(question.containerId(), command, timeout);
      var output = result.stdout() + result.stderr();
      return Answer.of(result.exitCode() == 0, output);
    } catch (RuntimeFailure e) {
      return e.kind() == Kind.TIMEOUT
          ? Answer.bad("command timed out after " + timeout.toSeconds() + "s")
          : Answer.none(e.words());
    }
  }

  private static Answer connect(Question question, Duration timeout) {
    var action = question.probe().getTcpSocket();
    var host = host(action.getHost(), question.podAddress());
    int port = Ports.number(action.getPort(), question.container());
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), (int) timeout.toMillis());
      return Answer.GOOD;
    } catch (IOException e) {
      var words = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
      return Answer.bad("dial tcp " + host + ":" + port + ": " + words);
    }
  }

  private static Answer health(Question question, Duration timeout) {
    var action = question.probe().getGrpc();
    var channel =
        NettyChannelBuilder.forAddress(question.podAddress(), action.getPort())
            .usePlaintext()
            .userAgent("kube-probe/1.36")
            .build();
    try {
      var service = action.getService() == null ? "" : action.getService();
      var options =
          CallOptions.DEFAULT.withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS);
      var answer =
          ClientCalls.blockingUnaryCall(
              channel, CHECK, options, HealthCheckRequest.newBuilder().setService(service).build());
      return answer.getStatus() == HealthCheckResponse.ServingStatus.SERVING
          ? Answer.GOOD
          : Answer.bad("service unhealthy (responded with \"" + answer.getStatus() + "\")");
    } catch (StatusRuntimeException e) {
      return Answer.bad(
          words(e.getStatus(), question.podAddress() + ":" + action.getPort(), timeout));
    } finally {
      channel.shutdownNow();
    }
  }

  private static String words(Status status, String address, Duration timeout) {
    return switch (status.getCode()) {
      case UNIMPLEMENTED -> "error: this server does not implement the grpc health protocol";
      case DEADLINE_EXCEEDED ->
          "timeout: health rpc did not complete within " + timeout.toSeconds() + "s";
      default -> "failed to connect service \"" + address + "\": " + status.getDescription();
    };
  }
}
