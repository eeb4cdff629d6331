package io.ordinal.server.http;

import io.ordinal.server.Frames;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.eclipse.jetty.util.Callback;

/// One watch on its connection. At most one write is under way; what comes meanwhile waits in the
/// frames and goes out with the next one.
final class WatchStream {
  private static final int MOST_BYTES = 64 * 1024;

  /// So long a stream has to send what was due.
  private static final Duration WOKEN = Duration.ofSeconds(1);

  private final Frames frames;
  private final Exchange exchange;
  private final Lane lane;
  private final Consumer<WatchStream> atEnd;
  private final AtomicReference<Place> place = new AtomicReference<>(Place.AT_WORK);
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile long writingSince;
  private ByteBuffer next = ByteBuffer.allocate(0);
  private boolean last;

  /// As in a work queue: woken while at work means to look once more.
  private enum Place {
    IDLE,
    AT_WORK,
    AT_WORK_AND_WOKEN
  }

  WatchStream(Frames frames, Exchange exchange, Lane lane, Consumer<WatchStream> atEnd) {
    this.frames = frames;
    this.exchange = exchange;
    this.lane = lane;
    this.atEnd = atEnd;
  }

  /// Commits the response: clients wait for its headers before they do anything else.
  void start() {
    write(() -> frames.onWake(this::wake));
  }

  /// There may be something to send. Called by whoever makes it: it only leaves a note.
  void wake() {
    var before =
        place.getAndUpdate(now -> now == Place.IDLE ? Place.AT_WORK : Place.AT_WORK_AND_WOKEN);
    if (before == Place.IDLE) {
      lane.add(this);
    }
  }

  /// Takes what is there; false when there is nothing, and then the stream is idle again.
  boolean prepare() {
    if (over.get()) {
      return false;
    }
    place.set(Place.AT_WORK);
    var first = frames.poll();
    if (first != null) {
      next = withFollowing(first);
      return true;
    }
    if (frames.ended()) {
      next = ByteBuffer.allocate(0);
      last = true;
      return true;
    }
    rest();
    return false;
  }

  private ByteBuffer withFollowing(byte[] first) {
    var second = frames.poll();
    if (second == null) {
      return ByteBuffer.wrap(first);
    }
    var together = new ByteArrayOutputStream(2 * (first.length + second.length));
    together.writeBytes(first);
    for (var frame = second; frame != null; ) {
      together.writeBytes(frame);
      if (together.size() >= MOST_BYTES) {
        place.set(Place.AT_WORK_AND_WOKEN);
        break;
      }
      frame = frames.poll();
    }
    return ByteBuffer.wrap(together.toByteArray());
  }

  private void rest() {
    var before = place.getAndUpdate(now -> now == Place.AT_WORK ? Place.IDLE : Place.AT_WORK);
    if (before == Place.AT_WORK_AND_WOKEN) {
      lane.add(this);
    }
  }

  /// Sends what was prepared.
  ///
  /// @param then run when it is sent, on Jetty's thread
  void write(Runnable then) {
    writingSince = System.nanoTime();
    exchange.response().write(last, next, Callback.from(() -> written(then), this::fail));
  }

  private void written(Runnable then) {
    writingSince = 0;
    if (last) {
      end();
      exchange.callback().succeeded();
    } else {
      rest();
    }
    then.run();
  }

  /// The client is gone, or slower than we can bear.
  void fail(Throwable why) {
    if (end()) {
      exchange.callback().failed(why);
    }
  }

  private boolean end() {
    if (!over.compareAndSet(false, true)) {
      return false;
    }
    frames.close();
    atEnd.accept(this);
    return true;
  }

  /// Time has passed. Answers how long it is until somebody has to look again; nothing when the
  /// stream is over.
  Optional<Duration> look(Duration stallTimeout) {
    if (over.get()) {
      return Optional.empty();
    }
    var since = writingSince;
    if (since != 0 && System.nanoTime() - since > stallTimeout.toNanos()) {
      fail(new TimeoutException("the client takes nothing"));
      return Optional.empty();
    }
    var due = frames.untilDue();
    if (!due.isPositive()) {
      wake();
      return Optional.of(WOKEN);
    }
    var half = stallTimeout.dividedBy(2);
    return Optional.of(due.compareTo(half) < 0 ? due : half);
  }

  /// Sends the end.
  void finish() {
    frames.close();
    wake();
  }
}
