package io.ordinal.server.http;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/// A server's key and certificates, and the authorities that it names to clients when it asks for
/// their certificates.
///
/// @param chain the server's own certificate first
public record Tls(
    PrivateKey key, List<X509Certificate> chain, List<X509Certificate> clientAuthorities) {
  /// A key store lives in memory only: its password protects nothing.
  static final String PASSWORD = "in-memory";

  KeyStore keyStore() {
    try {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "server", key, PASSWORD.toCharArray(), chain.toArray(X509Certificate[]::new));
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("the server's key and certificate do not fit", e);
    }
  }

  @Override
  public String toString() {
    return "Tls[" + chain.getFirst().getSubjectX500Principal() + "]";
  }
}
