package io.ordinal.server;

/// A request that was refused: the Status that the client gets.
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Status status;

  /// Refuses with a Status; see its factories.
  public ApiException(Status status) {
    super(status.message(), null, false, false);
    this.status = status;
  }

  /// What the client is told.
  public Status status() {
    return status;
  }
}
