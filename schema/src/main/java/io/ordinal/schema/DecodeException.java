package io.ordinal.schema;

/// A body that is not an object of its type. The message is worded as upstream words it, without
/// the leading `<Kind> in version "<version>" cannot be handled as a <Kind>: `.
public final class DecodeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// With what to tell the client.
  public DecodeException(String message) {
    super(message);
  }
}
