package io.ordinal.cluster.pki;

import io.ordinal.cluster.PrivateFiles;
import io.ordinal.cluster.UserError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;

/// Certificates and keys as PEM files, `NAME.crt` and `NAME.key` (RFC 7468), so that people can
/// read them with their own tools.
public final class PemFiles {

  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private PemFiles() {}

  /// What the folder holds under this name; empty when either file is missing.
  ///
  /// @throws IllegalStateException when a file is there and cannot be understood
  public static Optional<Issued> read(Path folder, String name) {
    var certificate = folder.resolve(name + ".crt");
    var key = folder.resolve(name + ".key");
    if (!Files.exists(certificate) || !Files.exists(key)) return Optional.empty();
    try {
      return Optional.of(
          new Issued(
              certificate(Files.readAllBytes(certificate)), privateKey(Files.readString(key))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalStateException(
          certificate + " or its key cannot be read: remove both to have them made anew", e);
    }
  }

  /// Refuses a folder that holds one file of a pair which must not be made anew unasked: everything
  /// that it has signed would be refused from then on.
  static void refuseHalf(Path folder, String name, String openEnding) {
    var secret = folder.resolve(name + ".key");
    var open = folder.resolve(name + openEnding);
    if (Files.exists(secret) == Files.exists(open)) return;
    var missing = Files.exists(secret) ? open : secret;
    var left = Files.exists(secret) ? secret : open;
    throw new UserError(
        UserError.DATA,
        ("%s is missing beside %s: put it back from a copy; or remove %s too, and a new pair is made, which"
                + " refuses every certificate and token of the old one")
            .formatted(missing, left.getFileName(), left.getFileName()));
  }

  /// The key pair `NAME.key`, `NAME.pub`; empty when either file is missing.
  public static Optional<KeyPair> readKeys(Path folder, String name) {
    var secret = folder.resolve(name + ".key");
    var open = folder.resolve(name + ".pub");
    if (!Files.exists(secret) || !Files.exists(open)) return Optional.empty();
    try {
      var spec = new X509EncodedKeySpec(content(Files.readString(open)));
      var publicKey = KeyFactory.getInstance("EC").generatePublic(spec);
      return Optional.of(new KeyPair(publicKey, privateKey(Files.readString(secret))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalStateException(
          secret + " or its public key cannot be read: remove both to have them made anew", e);
    }
  }

  /// Writes a key pair, both files 0600.
  public static void write(Path folder, String name, KeyPair keys) {
    PrivateFiles.replace(folder.resolve(name + ".key"), pem(keys.getPrivate()));
    PrivateFiles.replace(
        folder.resolve(name + ".pub"), block("PUBLIC KEY", keys.getPublic().getEncoded()));
  }

  /// Writes both files, the key first and both 0600; each replaces its predecessor at once.
  public static void write(Path folder, String name, Issued issued) {
    PrivateFiles.replace(folder.resolve(name + ".key"), pem(issued.key()));
    PrivateFiles.replace(folder.resolve(name + ".crt"), pem(issued.certificate()));
  }

  /// The certificate in PEM.
  public static String pem(X509Certificate certificate) {
    try {
      return block("CERTIFICATE", certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The private key in PEM (PKCS #8).
  public static String pem(PrivateKey key) {
    return block("PRIVATE KEY", key.getEncoded());
  }

  /// The private key of a kubeconfig in PEM, in the older form of RFC 5915: client libraries tell
  /// the algorithm by its first line.
  public static String ecPem(PrivateKey key) {
    if (!(key instanceof java.security.interfaces.ECPrivateKey secret)) {
      throw new IllegalArgumentException("not an elliptic curve key");
    }
    try {
      var curve = SECObjectIdentifiers.secp256r1;
      var form = new ECPrivateKey(secret.getParams().getOrder().bitLength(), secret.getS(), curve);
      return block("EC PRIVATE KEY", form.getEncoded("DER"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String block(String label, byte[] content) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, LINES.encodeToString(content), label);
  }

  private static X509Certificate certificate(byte[] pem) throws CertificateException {
    Certificate read =
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
    if (read instanceof X509Certificate x509) return x509;
    throw new CertificateException("not an X.509 certificate");
  }

  private static PrivateKey privateKey(String pem) throws GeneralSecurityException {
    return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(content(pem)));
  }

  private static byte[] content(String pem) {
    return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
  }
}
