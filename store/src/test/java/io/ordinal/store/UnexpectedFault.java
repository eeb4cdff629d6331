package io.ordinal.store;

/// No test of a store may see one of its threads end: the fault goes to standard error, and all
/// that the test asks from then on is refused.
public final class UnexpectedFault extends AssertionError {

  /// For stores that are expected to live.
  public static final FaultHandler HANDLER =
      (loop, cause) -> {
        throw new UnexpectedFault(loop, cause);
      };

  private static final long serialVersionUID = 1L;

  private UnexpectedFault(String loop, Throwable cause) {
    super(loop + " has ended", cause);
  }
}
