package io.ordinal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.cluster.pki.Pki;
import io.ordinal.server.ServerConfig;
import io.ordinal.server.auth.TokenConfig;
import io.ordinal.server.auth.TokenKeys;
import io.ordinal.server.http.HttpConfig;
import io.ordinal.server.http.HttpServer;
import io.ordinal.store.MemoryStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A cluster that runs for longer than its certificates live.
class CertificatesTest {

  private static final String ADDRESS = "https://127.0.0.1:6443";

  @TempDir Path folder;
  private final Clock steady = Clock.systemUTC();

  /// Long ago: the client's clock is the real one, and has to take what is made on the last day.
  private Instant now = Instant.now().minus(Duration.ofDays(340));

  private Pki pki;
  private Path adminConf;
  private Certificates certificates;

  @BeforeEach
  void open() {
    InstantSource clock = () -> now;
    pki = Pki.open(folder.resolve("pki"), clock);
    adminConf = folder.resolve("admin.conf");
    certificates = new Certificates(pki, () -> List.of("127.0.0.1", "localhost"), adminConf);
    certificates.writeAdminConf(ADDRESS);
  }

  @Test
  void aRunningServerShowsTheRenewedCertificate() throws Exception {
    try (var plane = plane();
        var http = HttpServer.start(plane.api(), certificates.tls(), HttpConfig.USUAL)) {
      var port = http.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      var first = shownAt(port);
      now = now.plus(Duration.ofDays(330));
      certificates.look(ADDRESS, http::renew);
      assertThat(shownAt(port)).isEqualTo(first);
      now = now.plus(Duration.ofDays(10));
      certificates.look(ADDRESS, http::renew);
      assertThat(shownAt(port).getNotAfter()).isAfter(first.getNotAfter());
    }
  }

  @Test
  void theAdministratorGetsARenewedOneToo() throws IOException {
    var first = Files.readString(adminConf);
    now = now.plus(Duration.ofDays(100));
    certificates.look(ADDRESS, tls -> {});
    assertThat(adminConf).hasContent(first);
    now = now.plus(Duration.ofDays(250));
    certificates.look(ADDRESS, tls -> {});
    assertThat(Files.readString(adminConf)).isNotEqualTo(first).contains("server: " + ADDRESS);
  }

  private ControlPlane plane() {
    var tokens = TokenConfig.of("https://issuer", new TokenKeys(pki.signingKeys(), List.of()));
    return ControlPlane.create(
        MemoryStore.create(),
        () -> ServerConfig.of(tokens, List.of(pki.authority())),
        "10.96.0.0/16",
        new io.ordinal.cluster.nodes.LateStreams(),
        new Timing(steady, steady, new Random(1), true));
  }

  /// The certificate of a new connection, verified down to the authority.
  private X509Certificate shownAt(int port) throws Exception {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setCertificateEntry("authority", pki.authority());
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    var context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    try (var socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }
}
