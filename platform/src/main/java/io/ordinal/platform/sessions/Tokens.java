package io.ordinal.platform.sessions;

import io.ordinal.platform.records.Records;
import io.ordinal.platform.records.Remembered;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/// Secrets that are shown to one party only, and what is kept of them: 256 bits of chance need no
/// slow hash.
public final class Tokens {

  private static final int BYTES = 32;
  private static final int KEY_DIGITS = 40;
  private static final String HASH = "hash";

  private Tokens() {}

  /// A new one, which nobody can guess.
  public static String fresh(SecureRandom random) {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// By which a token is found again, but not guessed: half of its hash.
  public static String key(String token) {
    return keyOf(hash(token));
  }

  private static String keyOf(String hash) {
    return hash.substring(0, KEY_DIGITS);
  }

  /// What is kept of a token, and what it stands for, before it is written.
  static Remembered kept(
      Remembered.Type type, String token, String user, Map<String, String> more) {
    var hash = hash(token);
    var fields = new HashMap<>(more);
    fields.put(HASH, hash);
    return Remembered.fresh(type, keyOf(hash), user, fields);
  }

  /// What was kept of this token.
  static Optional<Remembered> find(Records records, Remembered.Type type, String token) {
    var hash = hash(token);
    return records.find(type, keyOf(hash)).filter(kept -> same(kept.text(HASH), hash));
  }

  private static String hash(String token) {
    return HexFormat.of().formatHex(digest(token));
  }

  /// Another token that whoever knows this one can make, and nobody else.
  static String derived(String token, String purpose) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest(purpose + ":" + token));
  }

  /// Whether they are the same; how long that takes to find out tells nothing.
  public static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
