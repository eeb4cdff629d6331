package io.ordinal.platform.clusters;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.ordinal.http.OneKey;
import io.ordinal.platform.answer.Refusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import tools.jackson.databind.ObjectMapper;

/// How a cluster is reached: all that a kubeconfig may say.
///
/// @param authority certificates in PEM; "" for those that the JDK trusts
/// @param certificate the client's, in PEM; "" when a token speaks for it
/// @param key of the certificate, in PEM
/// @param token "" when a certificate speaks for the client
public record Access(URI server, String authority, String certificate, String key, String token) {

  private static final int TIMEOUT_MILLIS = 5000;

  /// Whoever reads says which kinds, so that no class path need be searched for them.
  static final KubernetesSerialization TYPED =
      new KubernetesSerialization(new ObjectMapper(), false);

  /// TLS with this certificate, trusting these authorities.
  ///
  /// @throws Refusal 422 when they make no sense
  public SSLContext tls() {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(keys(), trust(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw unreadable();
    }
  }

  /// A client of the cluster. Whoever is silent is given up soon: what is asked here is asked
  /// again.
  KubernetesClient client() {
    KeyManager[] keys;
    TrustManager[] trust;
    try {
      keys = keys();
      trust = trust();
    } catch (GeneralSecurityException | IOException e) {
      throw unreadable();
    }
    var config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(server.toString())
            .withOauthToken(token.isEmpty() ? null : token)
            .withConnectionTimeout(TIMEOUT_MILLIS)
            .withRequestTimeout(TIMEOUT_MILLIS)
            .withRequestRetryBackoffLimit(0)
            .build();
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withKubernetesSerialization(TYPED)
        .withHttpClientBuilderConsumer(builder -> builder.sslContext(keys, trust))
        .build();
  }

  private static Refusal unreadable() {
    return Refusal.invalid("kubeconfig", "its certificates or its key cannot be read");
  }

  private KeyManager[] keys() throws GeneralSecurityException, IOException {
    if (certificate.isEmpty()) return new KeyManager[0];
    var chain = certificates(certificate).stream().map(X509Certificate.class::cast).toList();
    if (chain.isEmpty()) throw new IOException("no certificate");
    return new KeyManager[] {new OneKey(privateKey(), chain)};
  }

  /// Keys come in three forms: PKCS #8, and the older ones of RSA and elliptic curves.
  private PrivateKey privateKey() throws IOException {
    try (var parser = new PEMParser(new StringReader(key))) {
      for (var object = parser.readObject(); object != null; object = parser.readObject()) {
        if (object instanceof PEMKeyPair pair) {
          return new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo());
        }
        if (object instanceof PrivateKeyInfo info) {
          return new JcaPEMKeyConverter().getPrivateKey(info);
        }
      }
    }
    throw new IOException("no private key");
  }

  private TrustManager[] trust() throws GeneralSecurityException, IOException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    if (authority.isEmpty()) {
      factory.init((KeyStore) null);
      return factory.getTrustManagers();
    }
    var store = emptyStore();
    var number = 0;
    for (var each : certificates(authority)) store.setCertificateEntry("ca-" + number++, each);
    if (number == 0) throw new IOException("no certificate");
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static Collection<? extends Certificate> certificates(String pem)
      throws GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
  }

  /// What gives access is secret.
  @Override
  public String toString() {
    return "Access[" + server + "]";
  }
}
