package io.ordinal.store;

/// The commit of a write failed half-way. Nobody sees the write now, but it may be there after a
/// restart.
public final class OutcomeUnknownException extends StoreException {

  OutcomeUnknownException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
