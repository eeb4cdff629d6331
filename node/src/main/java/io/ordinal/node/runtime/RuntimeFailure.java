package io.ordinal.node.runtime;

/// The runtime refused or could not do what it was asked.
public final class RuntimeFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// What kind of failure it is, as far as the agent treats kinds differently.
  public enum Kind {
    /// The container, sandbox or image does not exist.
    NOT_FOUND,
    /// It took longer than it was allowed to.
    TIMEOUT,
    /// The runtime does not answer.
    UNAVAILABLE,
    /// The calling thread was interrupted.
    INTERRUPTED,
    /// The runtime does not offer this.
    UNSUPPORTED,
    /// Anything else; the message says what.
    OTHER
  }

  private final Kind kind;

  /// A failure with the runtime's own words.
  public RuntimeFailure(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /// A failure with the runtime's own words and what caused it.
  public RuntimeFailure(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /// What kind of failure it is.
  public Kind kind() {
    return kind;
  }

  /// The runtime's words, never null.
  public String words() {
    var message = getMessage();
    return message == null ? kind.name() : message;
  }
}
