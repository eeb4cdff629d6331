package io.ordinal.store;

/// Why a store did not do what it was asked for.
public abstract sealed class StoreException extends RuntimeException
    permits CompactedException,
        ConflictException,
        DamagedException,
        FutureRevisionException,
        InUseException,
        OutcomeUnknownException,
        UnavailableException {

  StoreException(String message) {
    super(message);
  }

  /// Without a stack trace, for what is an ordinary answer rather than a fault.
  StoreException(String message, boolean traced) {
    super(message, null, true, traced);
  }

  StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
