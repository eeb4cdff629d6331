package io.ordinal.server.http;

import io.ordinal.server.ApiResponse.Streamed;
import io.ordinal.server.ApiResponse.Whole;
import io.ordinal.server.Frames;
import io.ordinal.server.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;

/// Writes answers, waiting for clients that take them slowly, but not for ever.
final class ResponseWriter {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int GZIP_FROM_BYTES = 128 * 1024;

  private final Duration stallTimeout;

  ResponseWriter(HttpConfig config) {
    this.stallTimeout = config.stallTimeout();
  }

  /// Writes a complete answer.
  ///
  /// @param accepted the request's headers: they say whether gzip is welcome
  void write(Whole whole, Headers accepted, Response response, boolean withBody)
      throws IOException {
    start(whole.status(), whole.headers(), response);
    var zip = length(whole.body()) > GZIP_FROM_BYTES && accepted.has("Accept-Encoding", "gzip");
    var body = zip ? List.of(zipped(whole.body())) : whole.body();
    if (zip) {
      response.getHeaders().put(HttpHeader.CONTENT_ENCODING, "gzip");
    }
    if (whole.status() != 304) {
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, length(body));
    }
    if (withBody) {
      writePieces(body, response);
    } else {
      write(response, true, ByteBuffer.allocate(0));
    }
  }

  /// Small pieces go out together: one record of TLS holds sixteen kilobytes.
  private void writePieces(List<byte[]> pieces, Response response) throws IOException {
    var left = length(pieces);
    var buffer = ByteBuffer.allocate((int) Math.min(left, BUFFER_BYTES));
    for (var piece : pieces) {
      for (int at = 0; at < piece.length; ) {
        var n = Math.min(piece.length - at, buffer.remaining());
        buffer.put(piece, at, n);
        at += n;
        left -= n;
        if (!buffer.hasRemaining() && left > 0) {
          write(response, false, buffer.flip());
          buffer.clear();
        }
      }
    }
    write(response, true, buffer.flip());
  }

  /// Writes frames until they end. What has come together goes out together.
  ///
  /// @throws IOException when the client is gone, or takes nothing for too long
  void write(Streamed streamed, Response response) throws IOException, InterruptedException {
    start(streamed.status(), streamed.headers(), response);
    write(response, false, ByteBuffer.allocate(0));
    var frames = streamed.frames();
    for (var frame = frames.take(); frame != null; frame = frames.take()) {
      write(response, false, withFollowing(frame, frames));
    }
    write(response, true, ByteBuffer.allocate(0));
  }

  private static ByteBuffer withFollowing(byte[] first, Frames frames) {
    var next = frames.poll();
    if (next == null) {
      return ByteBuffer.wrap(first);
    }
    var together = new ByteArrayOutputStream(2 * (first.length + next.length));
    together.writeBytes(first);
    while (next != null) {
      together.writeBytes(next);
      next = together.size() < BUFFER_BYTES ? frames.poll() : null;
    }
    return ByteBuffer.wrap(together.toByteArray());
  }

  /// Sets the status and the headers; nothing is sent yet.
  static void start(int status, Headers headers, Response response) {
    response.setStatus(status);
    headers.forEach(response.getHeaders()::add);
  }

  private void write(Response response, boolean last, ByteBuffer bytes) throws IOException {
    try (var blocker = Blocker.callback()) {
      response.write(last, bytes, blocker);
      blocker.block(stallTimeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("the client takes nothing", e);
    }
  }

  private static long length(List<byte[]> pieces) {
    long length = 0;
    for (var piece : pieces) {
      length += piece.length;
    }
    return length;
  }

  private static byte[] zipped(List<byte[]> pieces) {
    var out = new ByteArrayOutputStream(GZIP_FROM_BYTES);
    try (var zip = new FastGzip(out)) {
      for (var piece : pieces) {
        zip.write(piece);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /// Level 1: time on a local network is dearer than bytes.
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(ByteArrayOutputStream out) throws IOException {
      super(out, BUFFER_BYTES);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
