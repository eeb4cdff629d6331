package io.ordinal.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.HTTP2Stream;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/// One HTTP/2 connection over TLS. It works with frames: a general HTTP client needs several times
/// the CPU per request, and shares that CPU with what is measured.
final class Http2Connection implements AutoCloseable {

  private final URI server;
  private final HTTP2Session session;

  private Http2Connection(URI server, HTTP2Session session) {
    this.server = server;
    this.session = session;
  }

  static Http2Connection open(HTTP2Client client, SslContextFactory.Client tls, URI server)
      throws IOException, InterruptedException {
    var address = new InetSocketAddress(server.getHost(), server.getPort());
    try {
      var session = client.connect(tls, address, new Session.Listener() {}).get();
      return new Http2Connection(server, (HTTP2Session) session);
    } catch (ExecutionException e) {
      throw new IOException(server + ": " + e.getCause(), e);
    }
  }

  /// Whether requests can no longer be sent on it.
  boolean isClosed() {
    return session.isClosed();
  }

  /// What a server answered; the body is empty when it was followed instead.
  record Answer(int status, byte[] body) {}

  /// A request that is under way.
  ///
  /// @param head the status, as soon as it is known
  /// @param end the whole answer
  record Call(CompletableFuture<Integer> head, CompletableFuture<Answer> end, Runnable cancel) {}

  /// Sends a request and collects the body of its answer.
  Call send(String method, String path, HttpFields headers, byte[] body) {
    var collected = new ByteArrayOutputStream();
    return begin(method, path, headers, body, new Exchange(new Collector(collected), collected));
  }

  /// Sends a GET and hands on the body of its answer piece by piece, on a thread that must not
  /// wait.
  Call follow(String path, HttpFields headers, Consumer<ByteBuffer> pieces) {
    return begin(
        "GET", path, headers, new byte[0], new Exchange(pieces, new ByteArrayOutputStream()));
  }

  private Call begin(
      String method, String path, HttpFields headers, byte[] body, Exchange exchange) {
    var uri = HttpURI.from(server.resolve(path));
    var request = new MetaData.Request(method, uri, HttpVersion.HTTP_2, headers);
    var noBody = body.length == 0;
    var head = new HeadersFrame(request, null, noBody);
    var data = noBody ? null : new DataFrame(ByteBuffer.wrap(body), true);
    session.newStream(new HTTP2Stream.FrameList(head, data, null), exchange, exchange);
    return new Call(exchange.head, exchange.end, exchange::cancel);
  }

  @Override
  public void close() {
    session.close(ErrorCode.NO_ERROR.code, "done", Callback.NOOP);
  }

  private record Collector(ByteArrayOutputStream to) implements Consumer<ByteBuffer> {
    @Override
    public void accept(ByteBuffer piece) {
      if (piece.hasArray()) {
        to.write(piece.array(), piece.arrayOffset() + piece.position(), piece.remaining());
      } else {
        var copy = new byte[piece.remaining()];
        piece.get(copy);
        to.writeBytes(copy);
      }
    }
  }

  private static final class Exchange implements Stream.Listener, Promise<Stream> {

    private final Consumer<ByteBuffer> pieces;
    private final ByteArrayOutputStream collected;
    private final CompletableFuture<Integer> head = new CompletableFuture<>();
    private final CompletableFuture<Answer> end = new CompletableFuture<>();
    private volatile @Nullable Stream stream;

    Exchange(Consumer<ByteBuffer> pieces, ByteArrayOutputStream collected) {
      this.pieces = pieces;
      this.collected = collected;
    }

    void cancel() {
      var open = stream;
      if (open != null) {
        open.reset(new ResetFrame(open.getId(), ErrorCode.CANCEL_STREAM_ERROR.code), Callback.NOOP);
      }
    }

    @Override
    public void succeeded(Stream begun) {
      stream = begun;
    }

    @Override
    public void failed(Throwable failure) {
      head.completeExceptionally(failure);
      end.completeExceptionally(failure);
    }

    @Override
    public void onHeaders(Stream stream, HeadersFrame frame) {
      if (frame.getMetaData() instanceof MetaData.Response response) {
        head.complete(response.getStatus());
      }
      if (frame.isEndStream()) {
        finish();
      } else {
        stream.demand();
      }
    }

    @Override
    public void onDataAvailable(Stream stream) {
      for (var data = stream.readData(); data != null; data = stream.readData()) {
        var last = data.frame().isEndStream();
        pieces.accept(data.frame().getByteBuffer());
        data.release();
        if (last) {
          finish();
          return;
        }
      }
      stream.demand();
    }

    private void finish() {
      end.complete(new Answer(head.getNow(0), collected.toByteArray()));
    }

    @Override
    public void onReset(Stream stream, ResetFrame frame, Callback callback) {
      failed(new IOException("the server reset the stream, error " + frame.getError()));
      callback.succeeded();
    }

    @Override
    public void onFailure(
        Stream stream, int error, String reason, Throwable failure, Callback callback) {
      failed(failure == null ? new IOException(reason) : failure);
      callback.succeeded();
    }
  }
}
