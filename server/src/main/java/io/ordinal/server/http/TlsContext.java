package io.ordinal.server.http;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CRL;
import java.util.Collection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.eclipse.jetty.http2.HTTP2Cipher;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/// The TLS side of all listeners; the certificate can be renewed while they are in use.
final class TlsContext extends SslContextFactory.Server {
  private volatile Tls tls;

  TlsContext(Tls tls) {
    this.tls = tls;
    setIncludeProtocols("TLSv1.3", "TLSv1.2");
    setCipherComparator(HTTP2Cipher.COMPARATOR);
    setUseCipherSuitesOrder(true);
    setWantClientAuth(true);
    apply(tls);
  }

  private void apply(Tls next) {
    setKeyStore(certificates(next));
  }

  /// The certificate alone, for the base class to look at: a key in a store is encrypted, which
  /// costs thousands of hashes at each start and protects nothing in memory.
  private static KeyStore certificates(Tls tls) {
    try {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("server", tls.chain().getFirst());
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("the server's certificate cannot be used", e);
    }
  }

  @Override
  protected KeyManager[] getKeyManagers(KeyStore store) {
    return new KeyManager[] {new ServerKey(tls)};
  }

  /// New connections see the new certificate; open ones live on.
  void renew(Tls next) {
    tls = next;
    try {
      reload(_ -> apply(next));
    } catch (Exception e) {
      throw new IllegalArgumentException("the new certificate cannot be used", e);
    }
  }

  @Override
  protected TrustManager[] getTrustManagers(KeyStore store, Collection<? extends CRL> crls) {
    return new TrustManager[] {new ClientCertificateTrust(tls.clientAuthorities())};
  }
}
