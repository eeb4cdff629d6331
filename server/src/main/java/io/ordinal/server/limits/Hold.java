package io.ordinal.server.limits;

import io.ordinal.schema.Quantity;
import io.ordinal.server.registry.Reservation;
import java.util.Map;

/// What an admitted write is going to use, until it is stored or has failed. When it is stored, the
/// ledger turns it into usage on hearing of the commit, in one step; whatever is left of it when
/// the write has ended was for nothing.
final class Hold implements Reservation {
  private final Ledger ledger;
  private final String uid;
  private final long revision;
  private final Map<String, Map<String, Quantity>> amounts;

  /// @param uid of the object that is written
  /// @param revision of the object that is replaced, 0 for a new one
  /// @param amounts by the name of the quota
  Hold(Ledger ledger, String uid, long revision, Map<String, Map<String, Quantity>> amounts) {
    this.ledger = ledger;
    this.uid = uid;
    this.revision = revision;
    this.amounts = amounts;
  }

  String uid() {
    return uid;
  }

  long revision() {
    return revision;
  }

  Map<String, Map<String, Quantity>> amounts() {
    return amounts;
  }

  @Override
  public void keep() {
    ledger.release(this);
  }

  @Override
  public void giveBack() {
    ledger.release(this);
  }
}
