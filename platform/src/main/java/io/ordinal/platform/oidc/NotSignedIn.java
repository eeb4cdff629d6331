package io.ordinal.platform.oidc;

/// Why nobody was signed in. The text is for the log; the user is told the reason's word, which
/// says nothing that an issuer, or somebody in its place, has written.
public final class NotSignedIn extends Exception {

  private static final long serialVersionUID = 1L;

  /// What a user is told.
  public enum Why {
    /// The issuer said no, or the user did.
    DENIED,
    /// The sign-in was begun too long ago, elsewhere, or not at all.
    EXPIRED,
    /// What the issuer says cannot be believed.
    REFUSED,
    /// The issuer does not answer.
    UNREACHABLE,
    /// Too many sign in at once.
    BUSY,
    /// What is known here of the issuer cannot be used.
    BROKEN;

    /// As the console knows it.
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private final Why why;

  public NotSignedIn(Why why, String message) {
    super(message, null, false, false);
    this.why = why;
  }

  /// What the user is told.
  public Why why() {
    return why;
  }
}
