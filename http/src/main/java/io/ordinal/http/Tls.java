package io.ordinal.http;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/// A server's key and certificates, and the authorities that it names to clients when it asks for
/// their certificates.
///
/// @param chain the server's own certificate first
/// @param clientAuthorities empty: it asks for none
public record Tls(
    PrivateKey key, List<X509Certificate> chain, List<X509Certificate> clientAuthorities) {

  /// A server that does not ask its clients for certificates.
  public Tls(PrivateKey key, List<X509Certificate> chain) {
    this(key, chain, List.of());
  }

  @Override
  public String toString() {
    return "Tls[" + chain.getFirst().getSubjectX500Principal() + "]";
  }
}
