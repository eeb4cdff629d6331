package io.ordinal.server;

import io.ordinal.http.Tls;
import io.ordinal.schema.Schemas;
import io.ordinal.server.TestAuthority.Issued;
import io.ordinal.server.auth.TokenConfig;
import io.ordinal.server.auth.TokenKeys;
import io.ordinal.server.builtin.BuiltIn;
import io.ordinal.server.http.HttpConfig;
import io.ordinal.server.http.HttpServer;
import io.ordinal.server.registry.Surroundings;
import io.ordinal.server.tree.Json;
import io.ordinal.store.Expect;
import io.ordinal.store.MemoryStore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// An API server over a store in memory, with a listener on a free port. Objects are put into the
/// store as they are.
public final class TestServer implements AutoCloseable {
  public static final String ISSUER = "https://kubernetes.default.svc.cluster.local";

  public final MemoryStore store = MemoryStore.create();
  public final TestAuthority authority = new TestAuthority("test-authority");
  public final TestNodes nodes = new TestNodes();
  public final ApiServer api;
  public final HttpServer http;
  public final int port;
  private final SSLContext adminContext;
  private final ExecutorService pumps = Executors.newVirtualThreadPerTaskExecutor();

  public TestServer() {
    this(HttpConfig.USUAL);
  }

  public TestServer(HttpConfig config) {
    var tokens = TokenConfig.of(ISSUER, new TokenKeys(TestAuthority.newKeys(), List.of()));
    var schemas = Schemas.load();
    var surroundings = new Surroundings(Clock.systemUTC(), new SecureRandom(), pumps);
    api =
        new ApiServer(
            ServerConfig.of(tokens, List.of(authority.certificate())),
            BuiltIn.on(store, schemas, "10.96.0.0/16", surroundings),
            new ApiServer.Backing(store, schemas),
            nodes,
            surroundings);
    var own = authority.issue("CN=kube-apiserver");
    var tls =
        new Tls(
            own.keys().getPrivate(), List.of(own.certificate()), List.of(authority.certificate()));
    http = HttpServer.start(api, tls, config);
    adminContext = context(authority.issue("CN=kubernetes-admin,O=system:masters"));
    port = http.listen(new InetSocketAddress("localhost", 0));
  }

  /// Stores an object; its resourceVersion is the commit's.
  public void put(String key, String json) {
    store.put(key, Json.encode(Json.parse(json)), Expect.ANYTHING);
  }

  public void putConfigMap(String name, String value) {
    put(
        "/core/configmaps/default/" + name,
        """
        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s","namespace":"default"},
         "data":{"value":"%s"}}
        """
            .formatted(name, value));
  }

  /// A pod with the given containers, on node-1.
  public void putPod(String name, String... containers) {
    var list = new StringBuilder();
    for (var container : containers) {
      list.append(list.isEmpty() ? "" : ",").append("{\"name\":\"").append(container).append("\"}");
    }
    put(
        "/core/pods/default/" + name,
        """
        {"apiVersion":"v1","kind":"Pod",
         "metadata":{"name":"%s","namespace":"default","uid":"pod-uid"},
         "spec":{"serviceAccountName":"default","nodeName":"node-1","containers":[%s]},
         "status":{"phase":"Running"}}
        """
            .formatted(name, list));
  }

  public URI uri(String path) {
    return URI.create("https://localhost:" + port + path);
  }

  /// The administrator's client.
  public HttpClient admin(HttpClient.Version version) {
    return client(version, authority.issue("CN=kubernetes-admin,O=system:masters"));
  }

  /// A client with a certificate, or without.
  public HttpClient client(HttpClient.Version version, @Nullable Issued identity) {
    return HttpClient.newBuilder()
        .version(version)
        .sslContext(context(identity))
        .connectTimeout(Duration.ofSeconds(10))
        .build();
  }

  public HttpResponse<String> get(HttpClient client, String path, String... headers)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(20));
    for (int i = 0; i + 1 < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /// A connection for bytes as they come, as the administrator.
  public SSLSocket socket() throws IOException {
    var socket = (SSLSocket) adminContext.getSocketFactory().createSocket("localhost", port);
    socket.setSoTimeout(20_000);
    return socket;
  }

  private SSLContext context(@Nullable Issued identity) {
    try {
      var password = "test".toCharArray();
      var trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("authority", authority.certificate());
      var trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      var own = KeyStore.getInstance("PKCS12");
      own.load(null, null);
      if (identity != null) {
        own.setKeyEntry(
            "own",
            identity.keys().getPrivate(),
            password,
            new X509Certificate[] {identity.certificate()});
      }
      var keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(own, password);
      var context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.close();
    api.close();
    pumps.close();
    store.close();
  }
}
