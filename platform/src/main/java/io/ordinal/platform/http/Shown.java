package io.ordinal.platform.http;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManager;
import org.eclipse.jetty.http2.HTTP2Cipher;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/// The TLS side of the console server; the certificate can be renewed while it is in use.
final class Shown extends SslContextFactory.Server {

  private volatile Certificate certificate;

  Shown(Certificate certificate) {
    this.certificate = certificate;
    setIncludeProtocols("TLSv1.3", "TLSv1.2");
    setCipherComparator(HTTP2Cipher.COMPARATOR);
    setUseCipherSuitesOrder(true);
    setKeyStore(store(certificate));
  }

  /// New connections see the new certificate; open ones live on.
  void renew(Certificate next) {
    certificate = next;
    try {
      reload(_ -> setKeyStore(store(next)));
    } catch (Exception e) {
      throw new IllegalArgumentException("the new certificate cannot be used", e);
    }
  }

  /// The certificate alone, for the base class to look at.
  private static KeyStore store(Certificate certificate) {
    try {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("console", certificate.chain().getFirst());
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("the console's certificate cannot be used", e);
    }
  }

  @Override
  protected KeyManager[] getKeyManagers(KeyStore store) {
    return new KeyManager[] {new OneKey(certificate.key(), certificate.chain())};
  }
}
