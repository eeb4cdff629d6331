package io.ordinal.cluster.door;

import io.ordinal.server.Frames;
import java.util.Iterator;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/// Who carries the frames of a stream to their listener.
public sealed interface Delivery {

  /// Hands every frame to `each`, then calls `end` once.
  void carry(Frames frames, Consumer<byte[]> each, Runnable end);

  /// A virtual thread for each stream.
  record Threads() implements Delivery {
    @Override
    public void carry(Frames frames, Consumer<byte[]> each, Runnable end) {
      Thread.ofVirtual().name("door-stream").start(() -> carryAll(frames, each, end));
    }

    private static void carryAll(Frames frames, Consumer<byte[]> each, Runnable end) {
      try (frames) {
        for (var frame = frames.take(); frame != null; frame = frames.take()) {
          each.accept(frame);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        end.run();
      }
    }
  }

  /// The caller of [#step()], frame by frame: nothing moves unless it says so. For simulations on
  /// one thread.
  final class Stepped implements Delivery {

    private record Stream(Frames frames, Consumer<byte[]> each, Runnable end) {}

    private final ConcurrentLinkedQueue<Stream> streams = new ConcurrentLinkedQueue<>();

    @Override
    public void carry(Frames frames, Consumer<byte[]> each, Runnable end) {
      streams.add(new Stream(frames, each, end));
    }

    /// Carries everything that is there now; answers whether anything was.
    public boolean step() {
      var worked = false;
      for (Iterator<Stream> all = streams.iterator(); all.hasNext(); ) {
        var stream = all.next();
        for (var frame = stream.frames().poll(); frame != null; frame = stream.frames().poll()) {
          stream.each().accept(frame);
          worked = true;
        }
        if (stream.frames().ended()) {
          all.remove();
          stream.end().run();
          worked = true;
        }
      }
      return worked;
    }
  }
}
