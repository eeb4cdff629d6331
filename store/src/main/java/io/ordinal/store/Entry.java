package io.ordinal.store;

/// A value under its key.
///
/// @param bytes shared with every reader and watcher: never to be modified
/// @param createRevision when the key came to be, last time it was absent
/// @param revision when the value was written
@SuppressWarnings(
    "ArrayRecordComponent") // shared on purpose; entries are told apart by key and revision
public record Entry(String key, byte[] bytes, long createRevision, long revision) {

  /// One key has one value at one revision, so the bytes need not be compared.
  @Override
  public boolean equals(Object other) {
    return other instanceof Entry(var k, var _, var c, var r)
        && revision == r
        && createRevision == c
        && key.equals(k);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(revision);
  }

  @Override
  public String toString() {
    return key + "@" + revision;
  }
}
