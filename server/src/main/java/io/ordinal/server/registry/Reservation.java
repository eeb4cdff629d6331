package io.ordinal.server.registry;

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
}
