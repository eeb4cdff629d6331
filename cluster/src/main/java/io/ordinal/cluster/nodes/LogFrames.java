package io.ordinal.cluster.nodes;

import io.ordinal.node.logs.LogReader;
import io.ordinal.server.Frames;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// A container's log as the API server streams it.
record LogFrames(LogReader reader) implements Frames {

  @Override
  public byte @Nullable [] poll() {
    try {
      return reader.poll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public byte @Nullable [] take() throws InterruptedException {
    try {
      return reader.take();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean ended() {
    return reader.ended();
  }

  /// Logs are taken by a thread that waits: nobody has to be woken.
  @Override
  public void onWake(Runnable r) {}

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
