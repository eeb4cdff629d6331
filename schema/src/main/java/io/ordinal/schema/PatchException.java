package io.ordinal.schema;

/// A patch that cannot be applied, worded for the client.
public final class PatchException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// What kind of mistake it is: each has its own answer.
  public enum Reason {
    /// The patch itself makes no sense: 400.
    MALFORMED,
    /// It makes sense, but not for this object (a failed `test`, a path that is not there): 422.
    INAPPLICABLE,
    /// More than may be asked in one request: 413.
    TOO_LARGE
  }

  private final Reason reason;

  /// With what to tell the client.
  public PatchException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /// Which answer is due.
  public Reason reason() {
    return reason;
  }
}
