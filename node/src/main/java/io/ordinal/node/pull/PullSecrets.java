package io.ordinal.node.pull;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.ordinal.kube.Json;
import io.ordinal.node.images.ImageName;
import io.ordinal.node.runtime.RegistryCredentials;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Credentials from the secrets that a pod names: types `kubernetes.io/dockerconfigjson` and
/// `kubernetes.io/dockercfg`.
public final class PullSecrets {

  /// Where secrets are found.
  @FunctionalInterface
  public interface Source {
    /// The secret, if it exists.
    Optional<Secret> secret(String namespace, String name);
  }

  private final Source source;

  /// Secrets from this source.
  public PullSecrets(Source source) {
    this.source = source;
  }

  /// Those that fit an image's registry and path, the most exact first.
  public List<RegistryCredentials> of(Pod pod, ImageName image) {
    var found = new ArrayList<RegistryCredentials>();
    for (var reference : pod.getSpec().getImagePullSecrets()) {
      source
          .secret(pod.getMetadata().getNamespace(), reference.getName())
          .ifPresent(secret -> found.addAll(in(secret, image)));
    }
    found.sort((a, b) -> b.server().length() - a.server().length());
    return found;
  }

  private static List<RegistryCredentials> in(Secret secret, ImageName image) {
    var data = secret.getData();
    var modern = data == null ? null : data.get(".dockerconfigjson");
    var old = data == null ? null : data.get(".dockercfg");
    if (modern != null) {
      return fitting(tree(modern).path("auths"), image);
    }
    return old == null ? List.of() : fitting(tree(old), image);
  }

  private static JsonNode tree(String encoded) {
    return new Json(Base64.getDecoder().decode(encoded)).tree();
  }

  private static List<RegistryCredentials> fitting(JsonNode auths, ImageName image) {
    return auths.properties().stream()
        .filter(entry -> fits(entry.getKey(), image))
        .map(entry -> credentials(entry.getKey(), entry.getValue()))
        .toList();
  }

  /// `https://index.docker.io/v1/` is how Docker calls docker.io; a path narrows it; `*.` stands
  /// for one label.
  static boolean fits(String server, ImageName image) {
    var plain = server.replaceFirst("^https?://", "").replaceFirst("/v[12]/?$", "");
    var slash = plain.indexOf('/');
    var host = slash < 0 ? plain : plain.substring(0, slash);
    var path = slash < 0 ? "" : plain.substring(slash + 1);
    var own = image.repository().indexOf('/');
    return hostFits(host, image.repository().substring(0, own))
        && image.repository().substring(own + 1).startsWith(path);
  }

  private static boolean hostFits(String host, String registry) {
    if (host.equals("index.docker.io")) {
      return registry.equals("docker.io");
    }
    if (host.startsWith("*.")) {
      var dot = registry.indexOf('.');
      return dot > 0 && registry.substring(dot).equals(host.substring(1));
    }
    return host.equals(registry);
  }

  private static RegistryCredentials credentials(String server, JsonNode entry) {
    var username = entry.path("username").asString("");
    var password = entry.path("password").asString("");
    var auth = entry.path("auth").asString("");
    if (!auth.isEmpty()) {
      var plain = new String(Base64.getDecoder().decode(auth), StandardCharsets.UTF_8);
      int colon = plain.indexOf(':');
      username = colon < 0 ? plain : plain.substring(0, colon);
      password = colon < 0 ? "" : plain.substring(colon + 1);
    }
    return new RegistryCredentials(
        server, username, password, entry.path("identitytoken").asString(""));
  }
}
