package io.ordinal.kube;

import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// The lines of an open watch. The transport's threads only put bytes down; whoever owns the stream
/// takes them up by [#next]. One piece at a time is asked for, so a busy reader slows the sender
/// down instead of filling memory.
final class WatchStream implements AsyncBody.Consumer<List<ByteBuffer>>, AutoCloseable {
  private final Runnable onArrival;
  private final Queue<Json> lines = new ConcurrentLinkedQueue<>();
  private final ByteArrayOutputStream partial = new ByteArrayOutputStream();
  private @Nullable AsyncBody body;
  private volatile boolean asked;
  private volatile boolean ended;
  private volatile @Nullable Throwable failure;

  WatchStream(Runnable onArrival) {
    this.onArrival = onArrival;
  }

  void opened(AsyncBody open) {
    body = open;
    var _ = open.done().whenComplete((_, problem) -> end(problem));
  }

  @Override
  public void consume(List<ByteBuffer> pieces, AsyncBody from) {
    synchronized (partial) {
      pieces.forEach(this::split);
    }
    asked = false;
    onArrival.run();
  }

  /// The next whole line, null when none has arrived yet.
  @Nullable Json next() {
    var line = lines.poll();
    if (line != null) return line;
    if (asked || ended || body == null) return null;
    asked = true;
    body.consume();
    return lines.poll();
  }

  /// Whether everything has been taken and nothing more will come.
  boolean ended() {
    return ended && lines.isEmpty();
  }

  /// Why it ended, null when the server ended it politely.
  @Nullable Throwable failure() {
    return failure;
  }

  @Override
  public void close() {
    if (body != null) body.cancel();
  }

  private void end(@Nullable Throwable problem) {
    failure = problem;
    ended = true;
    onArrival.run();
  }

  private void split(ByteBuffer piece) {
    while (piece.hasRemaining()) {
      byte next = piece.get();
      if (next != '\n') {
        partial.write(next);
      } else if (partial.size() > 0) {
        lines.add(new Json(partial.toByteArray()));
        partial.reset();
      }
    }
  }
}
