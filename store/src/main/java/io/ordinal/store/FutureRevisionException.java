package io.ordinal.store;

/// A revision was asked for that does not exist yet.
public final class FutureRevisionException extends StoreException {

  private final long asked;
  private final long newest;

  FutureRevisionException(long asked, long newest) {
    super("revision " + asked + " is still to come; the newest is " + newest);
    this.asked = asked;
    this.newest = newest;
  }

  public long asked() {
    return asked;
  }

  public long newest() {
    return newest;
  }
}
