package io.ordinal.platform.sessions;

/// All that users sign in with, or have signed in with: browsers' sessions and tools' tokens.
public record Credentials(Sessions sessions, AccessTokens tokens) {

  /// Signs a user out everywhere; his tokens are good for nothing any more.
  public void endAll(String user) {
    sessions.endAll(user);
    tokens.deleteAll(user);
  }
}
