package io.ordinal.store;

/// What a write expects to find under its key.
public sealed interface Expect {

  Expect ANYTHING = new Anything();
  Expect ABSENT = new Absent();

  /// Whatever is there, if anything.
  record Anything() implements Expect {}

  /// Nothing.
  record Absent() implements Expect {}

  /// The value that was written at this revision.
  record Revision(long revision) implements Expect {}

  /// The value that was written at this revision.
  static Expect revision(long revision) {
    return new Revision(revision);
  }
}
