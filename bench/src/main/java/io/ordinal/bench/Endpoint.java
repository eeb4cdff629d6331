package io.ordinal.bench;

import io.ordinal.schema.Yaml;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A cluster as a kubeconfig names it: where it is, whom to trust, who we are.
///
/// @param name the file that it came from
/// @param token empty when a client certificate in `tls` says who we are
record Endpoint(String name, URI server, SSLContext tls, Optional<String> token) {

  private static final char[] NO_PASSWORD = {};

  /// Reads the current context of a kubeconfig. Commands that fetch credentials are not run.
  static Endpoint read(Path kubeconfig) throws IOException, GeneralSecurityException {
    if (!Files.isReadable(kubeconfig)) {
      throw new IllegalArgumentException(kubeconfig + " cannot be read; is Ordinal up?");
    }
    var config = JsonMapper.shared().readTree(Yaml.toJson(Files.readAllBytes(kubeconfig)));
    var context =
        named(config, "contexts", config.path("current-context").asString("")).path("context");
    var cluster = named(config, "clusters", context.path("cluster").asString("")).path("cluster");
    var user = named(config, "users", context.path("user").asString("")).path("user");
    var folder = kubeconfig.toAbsolutePath().resolveSibling("");
    var tls = SSLContext.getInstance("TLS");
    tls.init(
        identity(content(user, "client-certificate", folder), content(user, "client-key", folder)),
        trust(content(cluster, "certificate-authority", folder)),
        null);
    return new Endpoint(
        kubeconfig.toString(),
        URI.create(cluster.path("server").asString("")),
        tls,
        Optional.of(user.path("token").asString("")).filter(token -> !token.isEmpty()));
  }

  private static JsonNode named(JsonNode config, String list, String name) {
    for (var item : config.path(list)) {
      if (item.path("name").asString("").equals(name)) {
        return item;
      }
    }
    throw new IllegalArgumentException("the kubeconfig has no " + list + " named '" + name + "'");
  }

  /// A value given by itself (`…-data`, base64) or as the name of a file; empty when it is not
  /// given.
  private static String content(JsonNode from, String field, Path folder) throws IOException {
    var data = from.path(field + "-data").asString("");
    if (!data.isEmpty()) {
      return new String(Base64.getDecoder().decode(data), StandardCharsets.US_ASCII);
    }
    var file = from.path(field).asString("");
    return file.isEmpty() ? "" : Files.readString(folder.resolve(file));
  }

  private static KeyManager[] identity(String certificate, String key)
      throws IOException, GeneralSecurityException {
    var store = empty();
    if (!key.isEmpty()) {
      var chain = certificates(certificate);
      store.setKeyEntry("client", privateKey(key), NO_PASSWORD, chain);
    }
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static TrustManager[] trust(String authorities)
      throws IOException, GeneralSecurityException {
    var store = empty();
    var all = certificates(authorities);
    for (var i = 0; i < all.length; i++) {
      store.setCertificateEntry("authority-" + i, all[i]);
    }
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    return store;
  }

  private static Certificate[] certificates(String pem) throws GeneralSecurityException {
    var bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(bytes)
        .toArray(new Certificate[0]);
  }

  private static PrivateKey privateKey(String pem) throws IOException {
    try (var parser = new PEMParser(new StringReader(pem))) {
      var converter = new JcaPEMKeyConverter();
      for (var found = parser.readObject(); found != null; found = parser.readObject()) {
        switch (found) {
          case PEMKeyPair pair -> {
            return converter.getPrivateKey(pair.getPrivateKeyInfo());
          }
          case PrivateKeyInfo info -> {
            return converter.getPrivateKey(info);
          }
          default -> {} // the parameters of an EC key stand before it
        }
      }
    }
    throw new IllegalArgumentException("the kubeconfig's client key is none that can be read");
  }
}
