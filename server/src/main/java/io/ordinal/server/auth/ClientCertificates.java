package io.ordinal.server.auth;

import io.ordinal.server.User;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/// Users by client certificate: the common name is the user, organisations are groups.
public final class ClientCertificates {
  private static final String FOR_CLIENTS = "1.3.6.1.5.5.7.3.2";
  private static final int REMEMBERED = 1024;

  private final Set<TrustAnchor> anchors;
  private final InstantSource clock;
  private final Map<X509Certificate, User> known = new ConcurrentHashMap<>();

  /// @param authorities whose signature counts
  public ClientCertificates(Collection<X509Certificate> authorities, InstantSource clock) {
    this.anchors =
        authorities.stream()
            .map(authority -> new TrustAnchor(authority, null))
            .collect(Collectors.toUnmodifiableSet());
    this.clock = clock;
  }

  /// The user behind a chain; empty when an unknown authority signed it, when it is not meant for
  /// clients, or when its time is not now.
  Optional<User> user(List<X509Certificate> chain) {
    var own = chain.getFirst();
    if (!isInTime(own)) {
      return Optional.empty();
    }
    var remembered = known.get(own);
    if (remembered != null) {
      return Optional.of(remembered);
    }
    if (!isTrusted(chain)) {
      return Optional.empty();
    }
    var user = named(own);
    user.ifPresent(found -> remember(own, found));
    return user;
  }

  private void remember(X509Certificate certificate, User user) {
    if (known.size() >= REMEMBERED) {
      known.clear();
    }
    known.put(certificate, user);
  }

  private boolean isInTime(X509Certificate certificate) {
    var now = clock.instant();
    return !now.isBefore(certificate.getNotBefore().toInstant())
        && !now.isAfter(certificate.getNotAfter().toInstant());
  }

  private boolean isTrusted(List<X509Certificate> chain) {
    try {
      var usages = chain.getFirst().getExtendedKeyUsage();
      if (anchors.isEmpty() || (usages != null && !usages.contains(FOR_CLIENTS))) {
        return false;
      }
      var parameters = new PKIXParameters(anchors);
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(clock.instant()));
      var path = CertificateFactory.getInstance("X.509").generateCertPath(chain);
      CertPathValidator.getInstance("PKIX").validate(path, parameters);
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static Optional<User> named(X509Certificate certificate) {
    try {
      var name = "";
      var groups = new HashSet<>(Set.of(User.AUTHENTICATED));
      for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
        switch (part.getType().toUpperCase(Locale.ROOT)) {
          case "CN" -> name = part.getValue().toString();
          case "O" -> groups.add(part.getValue().toString());
          default -> {}
        }
      }
      return name.isEmpty() ? Optional.empty() : Optional.of(new User(name, "", groups, Map.of()));
    } catch (InvalidNameException e) {
      return Optional.empty();
    }
  }
}
