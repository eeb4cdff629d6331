package io.ordinal.platform.gateway;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A stream that a cluster has been asked for and has not opened yet. Whoever ends streams in the
/// meantime finds this, and what comes after that is closed as it comes.
final class Awaited implements Closeable {

  private @Nullable Closeable stream;
  private boolean closed;

  /// The stream is there.
  void came(Closeable opened) throws IOException {
    synchronized (this) {
      stream = opened;
      if (!closed) return;
    }
    opened.close();
  }

  @Override
  public void close() throws IOException {
    Closeable there;
    synchronized (this) {
      closed = true;
      there = stream;
    }
    if (there != null) there.close();
  }
}
