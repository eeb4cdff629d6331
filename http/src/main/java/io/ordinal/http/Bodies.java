package io.ordinal.http;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/// Bodies of requests, within a size and a time: who sends a byte now and then would keep a thread.
public final class Bodies {

  /// How far a body was taken in.
  public enum End {
    WHOLE,
    TOO_LARGE,
    /// Somebody still waits for the rest, so that nobody else may read it.
    TOO_LATE,
    BROKEN
  }

  private Bodies() {}

  /// Takes in what is left of a body.
  ///
  /// @param patience with all of it
  /// @param to is given its pieces, which are good until it returns
  public static End take(
      Request request, int mostBytes, Duration patience, Consumer<ByteBuffer> to) {
    var end = System.nanoTime() + patience.toNanos();
    var left = mostBytes;
    while (true) {
      var chunk = request.read();
      if (chunk == null) {
        if (!comes(request, end)) return End.TOO_LATE;
        continue;
      }
      if (Content.Chunk.isFailure(chunk)) return End.BROKEN;
      left -= chunk.remaining();
      if (left >= 0) to.accept(chunk.getByteBuffer());
      var last = chunk.isLast();
      chunk.release();
      if (left < 0) return End.TOO_LARGE;
      if (last) return End.WHOLE;
    }
  }

  /// Whether more has come in time.
  private static boolean comes(Request request, long end) {
    var come = new CountDownLatch(1);
    request.demand(come::countDown);
    try {
      return come.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
