package io.ordinal.server.http;

import io.ordinal.server.ApiException;
import io.ordinal.server.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Blocker;

/// Reads bodies: whole, within a size and a time.
final class BodyReader {
  /// Who sends too much gets its answer after so many bytes at the latest; who is cut off earlier
  /// may lose the answer with the connection.
  private static final int MOST_DRAINED_BYTES = 16 * 1024 * 1024;

  private final int mostBytes;
  private final Duration timeout;

  BodyReader(HttpConfig config) {
    this.mostBytes = config.mostBodyBytes();
    this.timeout = config.bodyTimeout();
  }

  /// The body.
  ///
  /// @throws ApiException 413 when it is too large, 408 when it does not come in time
  byte[] read(Request request) {
    var length = request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH);
    if (length > mostBytes && request.getHeaders().contains(HttpHeader.EXPECT)) {
      throw tooLarge();
    }
    var body = new ByteArrayOutputStream(Math.clamp(length, 32, 64 * 1024));
    var end = System.nanoTime() + timeout.toNanos();
    long total = 0;
    while (true) {
      var chunk = next(request, end);
      total += chunk.remaining();
      if (total <= mostBytes) {
        append(body, chunk);
      }
      var last = chunk.isLast();
      chunk.release();
      if (last || total > MOST_DRAINED_BYTES) {
        break;
      }
    }
    if (total > mostBytes) {
      throw tooLarge();
    }
    return body.toByteArray();
  }

  private static void append(ByteArrayOutputStream body, Content.Chunk chunk) {
    var bytes = new byte[chunk.remaining()];
    chunk.getByteBuffer().get(bytes);
    body.writeBytes(bytes);
  }

  private Content.Chunk next(Request request, long end) {
    while (true) {
      var chunk = request.read();
      if (chunk == null) {
        await(request, end);
      } else if (Content.Chunk.isFailure(chunk)) {
        throw broken(chunk.getFailure());
      } else {
        return chunk;
      }
    }
  }

  private void await(Request request, long end) {
    try (var blocker = Blocker.runnable()) {
      request.demand(blocker);
      blocker.block(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw tooSlow();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private ApiException broken(Throwable failure) {
    return failure instanceof TimeoutException
        ? tooSlow()
        : new ApiException(Status.badRequest("the body of the request was cut off"));
  }

  private ApiException tooSlow() {
    return new ApiException(
        Status.requestTimeout(
            "the body of the request did not come within " + timeout.toSeconds() + " s"));
  }

  private ApiException tooLarge() {
    return new ApiException(Status.tooLarge("Request entity too large: limit is " + mostBytes));
  }
}
