package io.ordinal.cluster.pki;

import io.ordinal.cluster.PrivateFiles;
import io.ordinal.cluster.UserError;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A data folder's certificates. What is missing is made; what ends within thirty days, or lacks a
/// name that is asked for, is made anew.
public final class Pki {

  private static final Duration RENEW_BEFORE_END = Duration.ofDays(30);
  private static final int SAN_DNS = 2;
  private static final int SAN_ADDRESS = 7;

  private final Path folder;
  private final InstantSource clock;
  private final Authority authority;

  private Pki(Path folder, InstantSource clock, Authority authority) {
    this.folder = folder;
    this.clock = clock;
    this.authority = authority;
  }

  /// Opens the folder; its authority is made at first use.
  ///
  /// @throws UserError when half of the authority is missing: another one would be nobody's
  public static Pki open(Path folder, InstantSource clock) {
    PrivateFiles.folder(folder);
    PemFiles.refuseHalf(folder, "ca", ".crt");
    var authority =
        PemFiles.read(folder, "ca")
            .map(Authority::new)
            .orElseGet(() -> {
              var fresh = Authority.create(clock.instant());
              PemFiles.write(folder, "ca", fresh.self());
              return fresh;
            });
    return new Pki(folder, clock, authority);
  }

  /// The authority's certificate: what clients trust.
  public X509Certificate authority() {
    return authority.self().certificate();
  }

  /// A client's certificate.
  public Issued client(Identity identity) {
    return issued(identity, List.of());
  }

  /// A server's certificate, good for all these DNS names and addresses.
  public Issued server(Identity identity, Collection<String> names) {
    return issued(identity, names);
  }

  /// The keys that sign service account tokens. They never change: tokens outlive certificates.
  ///
  /// @throws UserError when half of them is missing
  public KeyPair signingKeys() {
    PemFiles.refuseHalf(folder, "sa", ".pub");
    return PemFiles.readKeys(folder, "sa")
        .orElseGet(() -> {
          var fresh = Authority.newKeys();
          PemFiles.write(folder, "sa", fresh);
          return fresh;
        });
  }

  private Issued issued(Identity identity, Collection<String> names) {
    return PemFiles.read(folder, identity.file())
        .filter(found -> stillGood(found.certificate(), names))
        .orElseGet(() -> {
          var fresh = authority.issue(identity, new LinkedHashSet<>(names), clock.instant());
          PemFiles.write(folder, identity.file(), fresh);
          return fresh;
        });
  }

  private boolean stillGood(X509Certificate certificate, Collection<String> names) {
    var end = certificate.getNotAfter().toInstant();
    return clock.instant().plus(RENEW_BEFORE_END).isBefore(end)
        && certificate.getIssuerX500Principal().equals(authority().getSubjectX500Principal())
        && namesOf(certificate).containsAll(names);
  }

  private static Set<String> namesOf(X509Certificate certificate) {
    try {
      var all = certificate.getSubjectAlternativeNames();
      if (all == null) return Set.of();
      return all.stream()
          .filter(name -> name.get(0) instanceof Integer i && (i == SAN_DNS || i == SAN_ADDRESS))
          .map(name -> String.valueOf(name.get(1)))
          .collect(Collectors.toSet());
    } catch (CertificateParsingException e) {
      return Set.of();
    }
  }
}
