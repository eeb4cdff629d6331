package io.ordinal.platform.clusters;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Encrypts credentials for others, such as those of clusters (AES-256-GCM), with a key that is not
/// in the hub cluster: whoever reads its Secrets, or a backup of them, does not have the others
/// too.
public final class Seal {

  /// The size of a key.
  public static final int KEY_BYTES = 32;

  private static final String ALGORITHM = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;
  private final SecureRandom random;

  public Seal(byte[] key, SecureRandom random) {
    if (key.length != KEY_BYTES) throw new IllegalArgumentException("a key has 32 bytes");
    this.key = new SecretKeySpec(key, "AES");
    this.random = random;
  }

  /// Seals a text.
  ///
  /// @param purpose without which it cannot be opened: nothing sealed can be passed off as another
  public String seal(String text, String purpose) {
    var nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      var sealed = cipher(Cipher.ENCRYPT_MODE, nonce, purpose).doFinal(bytes(text));
      return Base64.getEncoder()
          .encodeToString(
              ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Opens what was sealed.
  ///
  /// @throws GeneralSecurityException when it was sealed with another key, or changed, or never
  public String open(String sealed, String purpose) throws GeneralSecurityException {
    var all = ByteBuffer.wrap(decoded(sealed));
    if (all.remaining() < NONCE_BYTES) throw new GeneralSecurityException("too short");
    var nonce = new byte[NONCE_BYTES];
    all.get(nonce);
    var rest = new byte[all.remaining()];
    all.get(rest);
    var text = cipher(Cipher.DECRYPT_MODE, nonce, purpose).doFinal(rest);
    return new String(text, StandardCharsets.UTF_8);
  }

  private static byte[] decoded(String sealed) throws GeneralSecurityException {
    try {
      return Base64.getDecoder().decode(sealed);
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("not base64", e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String purpose) throws GeneralSecurityException {
    var cipher = Cipher.getInstance(ALGORITHM);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(bytes(purpose));
    return cipher;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
