package io.ordinal.platform.clusters;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.Context;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.ordinal.platform.answer.Refusal;
import io.ordinal.platform.answer.Refusal.Cause;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads kubeconfigs that somebody else wrote: as data, never as orders. What would run a program,
/// read a file of this machine or talk through somebody else's proxy is refused.
public final class Kubeconfigs {

  private static final int MOST_BYTES = 256 * 1024;
  private static final String FIELD = "kubeconfig";

  private Kubeconfigs() {}

  /// The access that the current context gives.
  ///
  /// @throws Refusal 422 with a cause for everything that is wrong
  public static Access read(String text) {
    var config = parse(text);
    var context = contextOf(config);
    var cluster = clusterOf(config, context);
    var user = userOf(config, context);
    var causes = new ArrayList<Cause>();
    checkCluster(cluster, causes);
    checkUser(user, causes);
    if (!causes.isEmpty()) throw Refusal.invalid(causes);
    var access =
        new Access(
            server(cluster),
            decoded(cluster.getCertificateAuthorityData()),
            decoded(user.getClientCertificateData()),
            decoded(user.getClientKeyData()),
            text(user.getToken()));
    access.tls();
    return access;
  }

  /// The same kubeconfig with the content of files that it names in place of their names: for those
  /// of whoever has started us, who could read them anyway.
  ///
  /// @param folder that relative names start from
  /// @throws Refusal 422 when a file cannot be read
  public static String withFiles(String text, Path folder) {
    var config = parse(text);
    var context = contextOf(config);
    var cluster = clusterOf(config, context);
    var user = userOf(config, context);
    if (!text(cluster.getCertificateAuthority()).isEmpty()) {
      cluster.setCertificateAuthorityData(encoded(folder, cluster.getCertificateAuthority()));
      cluster.setCertificateAuthority(null);
    }
    if (!text(user.getClientCertificate()).isEmpty()) {
      user.setClientCertificateData(encoded(folder, user.getClientCertificate()));
      user.setClientCertificate(null);
    }
    if (!text(user.getClientKey()).isEmpty()) {
      user.setClientKeyData(encoded(folder, user.getClientKey()));
      user.setClientKey(null);
    }
    if (!text(user.getTokenFile()).isEmpty()) {
      user.setToken(
          new String(content(folder, user.getTokenFile()), StandardCharsets.UTF_8).strip());
      user.setTokenFile(null);
    }
    return Access.TYPED.asYaml(config);
  }

  private static String encoded(Path folder, String file) {
    return Base64.getEncoder().encodeToString(content(folder, file));
  }

  private static byte[] content(Path folder, String file) {
    try {
      return Files.readAllBytes(folder.resolve(file));
    } catch (IOException e) {
      throw Refusal.invalid(FIELD, "names the file " + file + ", which cannot be read");
    }
  }

  private static Context contextOf(Config config) {
    return named(
        config.getContexts(),
        NamedContext::getName,
        NamedContext::getContext,
        config.getCurrentContext());
  }

  private static Cluster clusterOf(Config config, Context context) {
    return named(
        config.getClusters(),
        NamedCluster::getName,
        NamedCluster::getCluster,
        context.getCluster());
  }

  private static AuthInfo userOf(Config config, Context context) {
    return named(
        config.getUsers(), NamedAuthInfo::getName, NamedAuthInfo::getUser, context.getUser());
  }

  private static Config parse(String text) {
    if (text.length() > MOST_BYTES) throw Refusal.invalid(FIELD, "is larger than 256 KiB");
    try {
      Config config = Access.TYPED.unmarshal(text, Config.class);
      if (config != null) return config;
    } catch (RuntimeException e) {
      // What a parser says may quote a key.
    }
    throw Refusal.invalid(FIELD, "is not a kubeconfig");
  }

  private static <T, V> V named(
      @Nullable List<T> all,
      Function<T, String> name,
      Function<T, @Nullable V> value,
      @Nullable String wanted) {
    return (all == null ? List.<T>of() : all)
        .stream()
            .filter(each -> each != null && wanted != null && wanted.equals(name.apply(each)))
            .flatMap(each -> Optional.ofNullable(value.apply(each)).stream())
            .findFirst()
            .orElseThrow(() ->
                Refusal.invalid(
                    FIELD, "must have a current-context with its cluster and its user"));
  }

  private static void checkCluster(Cluster cluster, List<Cause> causes) {
    refuse(causes, cluster.getProxyUrl(), "proxy-url", "is not followed");
    refuse(causes, cluster.getTlsServerName(), "tls-server-name", "is not supported");
    refuse(
        causes,
        cluster.getCertificateAuthority(),
        "certificate-authority",
        "names a file: put its content in certificate-authority-data");
    if (Boolean.TRUE.equals(cluster.getInsecureSkipTlsVerify())) {
      causes.add(
          cause(
              "insecure-skip-tls-verify",
              "would show the credentials to anybody: give certificate-authority-data instead"));
    }
  }

  private static void checkUser(AuthInfo user, List<Cause> causes) {
    if (user.getExec() != null) causes.add(cause("exec", "would run a program: use a token"));
    if (user.getAuthProvider() != null) {
      causes.add(cause("auth-provider", "would run a program: use a token"));
    }
    refuse(causes, user.getClientCertificate(), "client-certificate", "names a file");
    refuse(causes, user.getClientKey(), "client-key", "names a file");
    refuse(causes, user.getTokenFile(), "tokenFile", "names a file");
    refuse(causes, user.getUsername(), "username", "is not supported: use a token");
    refuse(causes, user.getAs(), "as", "is the gateway's to say");
    if (text(user.getToken()).isEmpty() && text(user.getClientCertificateData()).isEmpty()) {
      causes.add(cause("user", "must have a token or a client-certificate-data"));
    }
    if (!text(user.getToken()).chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      causes.add(cause("token", "must be one word"));
    }
  }

  private static void refuse(List<Cause> causes, @Nullable String value, String field, String why) {
    if (!text(value).isEmpty()) causes.add(cause(field, why));
  }

  private static Cause cause(String field, String why) {
    return new Cause(FIELD + "." + field, why);
  }

  private static URI server(Cluster cluster) {
    try {
      var server = URI.create(text(cluster.getServer()).replaceFirst("/+$", ""));
      if ("https".equals(server.getScheme())
          && server.getHost() != null
          && server.getRawUserInfo() == null
          && server.getRawQuery() == null) {
        return server;
      }
    } catch (IllegalArgumentException e) {
      // the same answer
    }
    throw Refusal.invalid(FIELD + ".server", "must be an https:// address");
  }

  private static String decoded(@Nullable String base64) {
    try {
      return new String(Base64.getMimeDecoder().decode(text(base64)), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid(FIELD, "holds data that is not base64");
    }
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
