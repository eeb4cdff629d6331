package io.ordinal.platform.http;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/// What the console server shows to browsers.
///
/// @param chain the server's own certificate first
public record Certificate(PrivateKey key, List<X509Certificate> chain) {

  @Override
  public String toString() {
    return "Certificate[" + chain.getFirst().getSubjectX500Principal() + "]";
  }
}
