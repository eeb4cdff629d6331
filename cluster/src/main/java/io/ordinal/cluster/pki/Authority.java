package io.ordinal.cluster.pki;

import io.ordinal.cluster.pki.Identity.Use;
import java.math.BigInteger;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// The cluster's own certificate authority. Keys are ECDSA P-256: an RSA key would cost start-up
/// time.
public final class Authority {

  private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
  private static final Duration LEAF_LIFE = Duration.ofDays(365);

  /// Certificates are valid from a little before they are made, for clients whose clock is behind.
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(10);

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Issued self;

  /// An authority that was made before.
  public Authority(Issued self) {
    this.self = self;
  }

  /// A new authority, valid from `now` for ten years.
  public static Authority create(Instant now) {
    var keys = newKeys();
    var name = new X500NameBuilder().addRDN(BCStyle.CN, "kubernetes").build();
    var builder = builder(name, name, keys, now, AUTHORITY_LIFE);
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      builder.addExtension(
          Extension.keyUsage,
          true,
          new KeyUsage(
              KeyUsage.digitalSignature | KeyUsage.keyEncipherment | KeyUsage.keyCertSign));
    } catch (CertIOException e) {
      throw new IllegalStateException(e);
    }
    return new Authority(new Issued(sign(builder, keys.getPrivate()), keys.getPrivate()));
  }

  /// The authority's own certificate and key.
  public Issued self() {
    return self;
  }

  /// A certificate for an identity, valid from `now` for a year.
  ///
  /// @param names DNS names and IP addresses it is good for; only a server needs them
  public Issued issue(Identity identity, Collection<String> names, Instant now) {
    var keys = newKeys();
    var issuer = X500Name.getInstance(self.certificate().getSubjectX500Principal().getEncoded());
    var builder = builder(issuer, subject(identity), keys, now, LEAF_LIFE);
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(
          Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose(identity.use())));
      if (!names.isEmpty()) {
        builder.addExtension(Extension.subjectAlternativeName, false, alternatives(names));
      }
    } catch (CertIOException e) {
      throw new IllegalStateException(e);
    }
    return new Issued(sign(builder, self.key()), keys.getPrivate());
  }

  private static KeyPurposeId purpose(Use use) {
    return switch (use) {
      case CLIENT -> KeyPurposeId.id_kp_clientAuth;
      case SERVER -> KeyPurposeId.id_kp_serverAuth;
    };
  }

  private static X500Name subject(Identity identity) {
    var name = new X500NameBuilder();
    identity.organisations().forEach(o -> name.addRDN(BCStyle.O, o));
    return name.addRDN(BCStyle.CN, identity.commonName()).build();
  }

  private static GeneralNames alternatives(Collection<String> names) {
    Set<ASN1Encodable> all = new LinkedHashSet<>();
    for (var name : names) {
      all.add(new GeneralName(isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName, name));
    }
    return new GeneralNames(all.stream().map(GeneralName::getInstance).toArray(GeneralName[]::new));
  }

  private static boolean isAddress(String name) {
    try {
      return InetAddress.ofLiteral(name) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static X509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, KeyPair keys, Instant now, Duration life) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(127, RANDOM),
        Date.from(now.minus(CLOCK_SKEW)),
        Date.from(now.plus(life)),
        subject,
        keys.getPublic());
  }

  private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key) {
    try {
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(key);
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException("cannot sign a certificate", e);
    }
  }

  static KeyPair newKeys() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no ECDSA P-256", e);
    }
  }
}
