package io.ordinal.store;

import java.util.concurrent.locks.LockSupport;

/// The image that is true for everybody, and its watches.
///
/// Telling a thousand watches takes longer than a commit, so a virtual thread of its own does it;
/// when commits come faster than watches can be told, they are told of several at once.
final class Published implements AutoCloseable {

  private volatile Image image;
  private final Watches watches;
  private final FaultHandler faults;
  private final Thread announcer;
  private volatile boolean closed;

  Published(Image image, FaultHandler faults) {
    this.image = image;
    this.faults = faults;
    this.watches = new Watches(this::image);
    this.announcer = Thread.ofVirtual().name("store-announcer").unstarted(this::announce);
  }

  void start() {
    announcer.start();
  }

  Image image() {
    return image;
  }

  Watches watches() {
    return watches;
  }

  void publish(Image next) {
    image = next;
    LockSupport.unpark(announcer);
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(announcer);
    watches.close();
  }

  private void announce() {
    try {
      while (!closed) {
        watches.announce();
        LockSupport.park(this);
      }
    } catch (RuntimeException | Error e) {
      try {
        watches.close();
      } finally {
        faults.ended("telling watches of what was committed", e);
      }
    }
  }
}
