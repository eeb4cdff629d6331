package io.ordinal.node.cri;

import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.ordinal.node.runtime.RuntimeFailure;
import io.ordinal.node.runtime.RuntimeFailure.Kind;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/// gRPC over a unix domain socket: calls by name, failures as [RuntimeFailure].
final class CriChannel implements AutoCloseable {
  private static final int LARGEST_MESSAGE = 16 << 20;

  private final EventLoopGroup loops;
  private final ManagedChannel channel;

  /// Connects when the first call is made.
  CriChannel(Path socket) {
    loops =
        new MultiThreadIoEventLoopGroup(
            1, Thread.ofPlatform().daemon().name("cri-", 0).factory(), NioIoHandler.newFactory());
    channel =
        NettyChannelBuilder.forAddress(UnixDomainSocketAddress.of(socket))
            .eventLoopGroup(loops)
            .channelType(NioDomainSocketChannel.class, UnixDomainSocketAddress.class)
            .overrideAuthority("localhost")
            .usePlaintext()
            .directExecutor()
            .maxInboundMessageSize(LARGEST_MESSAGE)
            .build();
  }

  /// One question, one answer; `answer` is any instance of its type. The call is given up when the
  /// calling thread is interrupted.
  <Q extends Message, A extends Message> A call(
      String method, Q request, A answer, Duration deadline) {
    var options = CallOptions.DEFAULT.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS);
    try {
      return ClientCalls.blockingUnaryCall(
          channel, descriptor(method, request, answer, MethodType.UNARY), options, request);
    } catch (StatusRuntimeException e) {
      throw failure(method, e);
    }
  }

  /// One question, answers without end, until the cancellation is used or the connection breaks.
  <Q extends Message, A extends Message> Iterator<A> stream(String method, Q request, A answer) {
    return ClientCalls.blockingServerStreamingCall(
        channel,
        descriptor(method, request, answer, MethodType.SERVER_STREAMING),
        CallOptions.DEFAULT,
        request);
  }

  /// Drops a broken connection's back-off, so that the next call tries at once.
  void tryAgainNow() {
    channel.resetConnectBackoff();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    var _ = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  @SuppressWarnings("unchecked") // an instance's default instance has the instance's type
  private static <Q extends Message, A extends Message> MethodDescriptor<Q, A> descriptor(
      String method, Q request, A answer, MethodType type) {
    return MethodDescriptor.<Q, A>newBuilder()
        .setType(type)
        .setFullMethodName(method)
        .setRequestMarshaller(ProtoUtils.marshaller((Q) request.getDefaultInstanceForType()))
        .setResponseMarshaller(ProtoUtils.marshaller((A) answer.getDefaultInstanceForType()))
        .build();
  }

  private static RuntimeFailure failure(String method, StatusRuntimeException e) {
    var description = e.getStatus().getDescription();
    var words = description == null ? method + ": " + e.getStatus().getCode() : description;
    return new RuntimeFailure(kind(e.getStatus()), words, e);
  }

  private static Kind kind(Status status) {
    return switch (status.getCode()) {
      case NOT_FOUND -> Kind.NOT_FOUND;
      case DEADLINE_EXCEEDED -> Kind.TIMEOUT;
      case UNAVAILABLE -> Kind.UNAVAILABLE;
      case CANCELLED -> Kind.INTERRUPTED;
      case UNIMPLEMENTED -> Kind.UNSUPPORTED;
      default -> Kind.OTHER;
    };
  }
}
