package io.ordinal.server.registry;

import java.util.function.Supplier;

/// Something that was taken for an object which is not stored yet. Either [#keep] or [#giveBack] is
/// called, once.
public interface Reservation {
  Reservation NOTHING =
      new Reservation() {
        @Override
        public void keep() {}

        @Override
        public void giveBack() {}
      };

  /// The object is stored.
  void keep();

  /// It was not stored.
  void giveBack();

  /// This one and another, which is given back with it. When the other cannot be had, this one is
  /// given back at once.
  default Reservation and(Supplier<Reservation> taking) {
    Reservation other;
    try {
      other = taking.get();
    } catch (RuntimeException e) {
      giveBack();
      throw e;
    }
    return other == NOTHING ? this : this == NOTHING ? other : new Both(this, other);
  }

  /// See [#and].
  record Both(Reservation first, Reservation second) implements Reservation {
    @Override
    public void keep() {
      first.keep();
      second.keep();
    }

    @Override
    public void giveBack() {
      second.giveBack();
      first.giveBack();
    }
  }
}
