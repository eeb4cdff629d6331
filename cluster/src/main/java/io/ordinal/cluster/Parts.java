package io.ordinal.cluster;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What has been started, in order. Closing goes backwards, goes on after a failure, and throws the
/// first one with the others attached.
public final class Parts implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private boolean closed;

  /// Remembers a part and hands it back.
  ///
  /// @throws UserError when everything was closed meanwhile: then the part is closed too
  public <T extends AutoCloseable> T add(T part) {
    synchronized (started) {
      started.push(part);
      if (!closed) return part;
    }
    close();
    throw new UserError(UserError.CLUSTER, "stopped while starting");
  }

  /// Runs a start-up; when it fails, what it had started is closed.
  public <T> T orCloseAll(Callable<T> startUp) {
    try {
      return startUp.call();
    } catch (Exception e) {
      try {
        close();
      } catch (RuntimeException again) {
        e.addSuppressed(again);
      }
      if (e instanceof RuntimeException unchecked) throw unchecked;
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    synchronized (started) {
      closed = true;
    }
    RuntimeException first = null;
    for (var part = next(); part != null; part = next()) {
      try {
        LOG.debug("stopping {}", part.getClass().getSimpleName());
        part.close();
      } catch (Exception e) {
        if (first == null) first = new IllegalStateException("stopping " + part.getClass(), e);
        else first.addSuppressed(e);
      }
    }
    if (first != null) throw first;
  }

  private @Nullable AutoCloseable next() {
    synchronized (started) {
      return started.poll();
    }
  }
}
