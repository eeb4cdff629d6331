package io.ordinal.store;

/// The store cannot do this now, for the reason given (a full disk, a closed store). Nothing was
/// written.
public final class UnavailableException extends StoreException {

  public UnavailableException(String reason) {
    super(reason);
  }

  public UnavailableException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
