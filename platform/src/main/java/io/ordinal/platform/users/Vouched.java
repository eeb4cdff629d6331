package io.ordinal.platform.users;

import io.ordinal.platform.sessions.Tokens;
import java.util.List;

/// A user for whom an issuer of identities vouches.
///
/// His name is `ISSUER#SUBJECT`, as Kubernetes itself writes it: no other issuer can claim it, no
/// local name has a `#`, and it begins with the scheme of a URL, so never with `system:`.
///
/// @param issuer a URL without `#`
/// @param subject the issuer's word for him, which it never gives to anybody else
/// @param groups with their prefix
public record Vouched(
    String issuer,
    String subject,
    String displayName,
    String email,
    List<String> groups,
    boolean administrator) {

  private static final char BETWEEN = '#';

  /// Local names have no dot.
  private static final String KEY_PREFIX = "oidc.";

  public Vouched {
    groups = List.copyOf(groups);
  }

  /// The name by which clusters hear of him.
  public String name() {
    return issuer + BETWEEN + subject;
  }

  /// As the platform remembers him.
  public Account account() {
    return new Account(name(), displayName, email, "", groups, administrator, false);
  }

  static boolean isName(String name) {
    return name.indexOf(BETWEEN) >= 0;
  }

  /// Names of issuers do not fit into names of objects and into paths.
  static String keyOf(String name) {
    return isName(name) ? KEY_PREFIX + Tokens.key(name) : name;
  }
}
