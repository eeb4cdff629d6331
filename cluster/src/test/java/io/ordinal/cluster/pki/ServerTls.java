package io.ordinal.cluster.pki;

import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// For servers that tests play.
public final class ServerTls {

  private ServerTls() {}

  /// The TLS of an API server that this authority vouches for.
  public static SSLContext of(Pki pki) throws Exception {
    var own = pki.server(Identity.API_SERVER, List.of("localhost", "127.0.0.1"));
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    var chain = new X509Certificate[] {own.certificate(), pki.authority()};
    store.setKeyEntry("own", own.key(), "test".toCharArray(), chain);
    var keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, "test".toCharArray());
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }
}
