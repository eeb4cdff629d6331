package io.ordinal.store;

/// Another process has the data folder. The message says which.
public final class InUseException extends StoreException {

  public InUseException(String message) {
    super(message);
  }
}
