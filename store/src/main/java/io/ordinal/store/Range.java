package io.ordinal.store;

/// What to read: the keys that start with a prefix.
///
/// @param startAfter read on behind this key; empty for the first page
/// @param limit at most so many entries; 0 for all
/// @param revision as of this revision; 0 for now
public record Range(String prefix, String startAfter, int limit, long revision) {

  public Range {
    if (limit < 0 || revision < 0) {
      throw new IllegalArgumentException("limit and revision are 0 or more");
    }
  }

  /// All keys under a prefix, now.
  public static Range all(String prefix) {
    return new Range(prefix, "", 0, 0);
  }
}
