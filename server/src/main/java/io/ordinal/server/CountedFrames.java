package io.ordinal.server;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Frames that count as open until they are closed.
final class CountedFrames implements Frames {
  private final Frames frames;
  private final AtomicInteger open;
  private final AtomicBoolean closed = new AtomicBoolean();

  CountedFrames(Frames frames, AtomicInteger open) {
    this.frames = frames;
    this.open = open;
    open.incrementAndGet();
  }

  @Override
  public byte @Nullable [] poll() {
    return frames.poll();
  }

  @Override
  public byte @Nullable [] take() throws InterruptedException {
    return frames.take();
  }

  @Override
  public boolean ended() {
    return frames.ended();
  }

  @Override
  public void onWake(Runnable r) {
    frames.onWake(r);
  }

  @Override
  public Duration untilDue() {
    return frames.untilDue();
  }

  @Override
  public void close() {
    frames.close();
    if (closed.compareAndSet(false, true)) {
      open.decrementAndGet();
    }
  }
}
