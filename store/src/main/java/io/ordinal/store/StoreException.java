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

  StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
