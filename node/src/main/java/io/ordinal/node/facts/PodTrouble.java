package io.ordinal.node.facts;

/// Something a pod needs cannot be had now; it is tried again later.
public final class PodTrouble extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final String reason;

  /// `reason` is a waiting reason (`CreateContainerConfigError`) or an event's (`FailedMount`).
  public PodTrouble(String reason, String message) {
    super(message);
    this.reason = reason;
  }

  /// With its cause.
  public PodTrouble(String reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /// The reason.
  public String reason() {
    return reason;
  }

  /// What is told to the user.
  public String words() {
    var message = getMessage();
    return message == null ? reason : message;
  }
}
