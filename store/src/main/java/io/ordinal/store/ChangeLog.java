package io.ordinal.store;

import java.util.Arrays;

/// The changes of a range of revisions without a gap, in order. Immutable towards its readers:
/// appending gives a new log that shares the pieces, and no log reads the places behind its own
/// end. So only one writer may append, and only to the newest log (or once more to the one before,
/// when it gave that one up).
///
/// @param first the revision of the first place of the first piece, forgotten or not
/// @param end the revision behind the last change
@SuppressWarnings(
    "ArrayRecordComponent") // the pieces are shared on purpose; logs are never compared
record ChangeLog(Change[][] pieces, long first, long end) {

  private static final int PIECE = 256;

  /// An empty log whose next revision is given.
  static ChangeLog startingAt(long next) {
    return new ChangeLog(new Change[0][], next, next);
  }

  Change get(long revision) {
    var index = (int) (revision - first);
    return pieces[index / PIECE][index % PIECE];
  }

  ChangeLog append(Change change) {
    var index = (int) (end - first);
    var grown = pieces;
    if (index / PIECE == pieces.length) {
      grown = Arrays.copyOf(pieces, pieces.length + 1);
      grown[pieces.length] = new Change[PIECE];
    }
    grown[index / PIECE][index % PIECE] = change;
    return new ChangeLog(grown, first, end + 1);
  }

  /// Without the pieces that hold nothing above a revision.
  ChangeLog compacted(long revision) {
    var gone = (int) ((revision + 1 - first) / PIECE);
    return gone == 0
        ? this
        : new ChangeLog(
            Arrays.copyOfRange(pieces, gone, pieces.length), first + (long) gone * PIECE, end);
  }
}
