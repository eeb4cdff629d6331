package io.ordinal.server.http;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/// A server's key and certificates, and the authorities that it names to clients when it asks for
/// their certificates.
///
/// @param chain the server's own certificate first
public record Tls(
    PrivateKey key, List<X509Certificate> chain, List<X509Certificate> clientAuthorities) {

  @Override
  public String toString() {
    return "Tls[" + chain.getFirst().getSubjectX500Principal() + "]";
  }
}
