package io.ordinal.store;

import java.nio.charset.StandardCharsets;

/// The bytes to store, with an optional hole that the commit fills with the decimal digits of the
/// revision. So an encoded object carries its own revision without being encoded again while the
/// commit waits.
///
/// The arrays are taken as they are: nobody may change them afterwards.
///
/// @param head the bytes before the hole; all of them when there is none
/// @param tail the bytes behind the hole
/// @param stamped whether there is a hole
@SuppressWarnings("ArrayRecordComponent") // shared on purpose; values are never compared
public record Value(byte[] head, byte[] tail, boolean stamped) {

  private static final byte[] NOTHING = {};

  /// A value stored as it is.
  public static Value of(byte[] bytes) {
    return new Value(bytes, NOTHING, false);
  }

  /// A value whose revision is written between two pieces.
  public static Value stamped(byte[] head, byte[] tail) {
    return new Value(head, tail, true);
  }

  /// How many bytes this will be, give or take the digits.
  int size() {
    return head.length + tail.length;
  }

  /// The bytes as they are stored at a revision.
  byte[] at(long revision) {
    if (!stamped) {
      return head;
    }
    var digits = Long.toString(revision).getBytes(StandardCharsets.ISO_8859_1);
    var whole = new byte[head.length + digits.length + tail.length];
    System.arraycopy(head, 0, whole, 0, head.length);
    System.arraycopy(digits, 0, whole, head.length, digits.length);
    System.arraycopy(tail, 0, whole, head.length + digits.length, tail.length);
    return whole;
  }
}
