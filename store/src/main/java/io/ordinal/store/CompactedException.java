package io.ordinal.store;

/// What was asked for is older than what the store remembers. The remedy is to read the present.
public final class CompactedException extends StoreException {

  private final long asked;
  private final long compacted;

  CompactedException(long asked, long compacted) {
    super("revision " + asked + " has been compacted; the oldest kept is " + compacted);
    this.asked = asked;
    this.compacted = compacted;
  }

  public long asked() {
    return asked;
  }

  public long compacted() {
    return compacted;
  }
}
