package io.ordinal.http;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CRL;
import java.util.Collection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.eclipse.jetty.http2.HTTP2Cipher;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/// The TLS side of listeners; the certificate can be renewed while they are in use.
public final class TlsContext extends SslContextFactory.Server {
  private volatile Tls tls;

  public TlsContext(Tls tls) {
    this.tls = tls;
    setIncludeProtocols("TLSv1.3", "TLSv1.2");
    setCipherComparator(HTTP2Cipher.COMPARATOR);
    setUseCipherSuitesOrder(true);
    setWantClientAuth(!tls.clientAuthorities().isEmpty());
    setKeyStore(certificates(tls));
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
    return new KeyManager[] {new OneKey(tls.key(), tls.chain())};
  }

  /// New connections see the new certificate; open ones live on.
  public void renew(Tls next) {
    tls = next;
    try {
      reload(_ -> setKeyStore(certificates(next)));
    } catch (Exception e) {
      throw new IllegalArgumentException("the new certificate cannot be used", e);
    }
  }

  @Override
  protected TrustManager[] getTrustManagers(KeyStore store, Collection<? extends CRL> crls) {
    return new TrustManager[] {new ClientCertificateTrust(tls.clientAuthorities())};
  }
}
