package io.ordinal.server;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Certificates for tests.
public final class TestAuthority {
  private final KeyPair keys = newKeys();
  private final String name;
  private final X509Certificate certificate;
  private long serial = 1;

  /// A certificate with its key.
  public record Issued(X509Certificate certificate, KeyPair keys) {}

  public TestAuthority(String name) {
    this.name = name;
    this.certificate = sign("CN=" + name, keys, true);
  }

  public X509Certificate certificate() {
    return certificate;
  }

  /// A certificate for `subject`, good for localhost, for a day.
  public Issued issue(String subject) {
    var own = newKeys();
    return new Issued(sign(subject, own, false), own);
  }

  public static KeyPair newKeys() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private X509Certificate sign(String subject, KeyPair own, boolean authority) {
    try {
      var now = Instant.now();
      var builder =
          new JcaX509v3CertificateBuilder(
              new X500Name("CN=" + name),
              BigInteger.valueOf(serial++),
              Date.from(now.minus(Duration.ofHours(1))),
              Date.from(now.plus(Duration.ofDays(1))),
              new X500Name(subject),
              own.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      if (!authority) {
        var local = new GeneralName(GeneralName.dNSName, "localhost");
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(local));
      }
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
      throw new IllegalStateException(e);
    }
  }
}
