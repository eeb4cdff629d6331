package io.ordinal.schema;

/// What becomes of unknown and duplicate fields: the `fieldValidation` of a request. They are
/// pruned in any case.
public enum Strictness {
  /// Nobody wants to hear of them.
  IGNORE,
  /// They are reported.
  REPORT
}
