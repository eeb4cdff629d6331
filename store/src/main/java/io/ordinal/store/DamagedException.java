package io.ordinal.store;

/// The files are not as they were left, so the store does not start. The message names the file,
/// what is wrong with it and what to do.
public final class DamagedException extends StoreException {

  public DamagedException(String message) {
    super(message);
  }

  public DamagedException(String message, Throwable cause) {
    super(message, cause);
  }
}
