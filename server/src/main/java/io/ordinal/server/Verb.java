package io.ordinal.server;

import java.util.Locale;

/// What a request wants to do with a resource, in the words of authorisation rules and discovery.
public enum Verb {
  GET,
  LIST,
  WATCH,
  CREATE,
  UPDATE,
  PATCH,
  DELETE,
  DELETECOLLECTION;

  private final String word = name().toLowerCase(Locale.ROOT);

  /// The verb as rules and messages spell it, for example `deletecollection`.
  public String word() {
    return word;
  }

  /// Whether a request with this verb may change something.
  public boolean writes() {
    return switch (this) {
      case GET, LIST, WATCH -> false;
      case CREATE, UPDATE, PATCH, DELETE, DELETECOLLECTION -> true;
    };
  }
}
