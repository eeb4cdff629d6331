package io.ordinal.platform.business;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The definitions of the kinds, and the cluster that they are put into.
public final class Definitions {

  private static final String PATH = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  private static final List<String> FILES =
      List.of("projects.yaml", "namespaces.yaml", "projectpolicybindings.yaml");
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final int MOST_LOOKS = 500;

  private final KubernetesClient client;

  public Definitions(KubernetesClient client) {
    this.client = client;
  }

  /// Puts them into the cluster where they are missing or others, and waits until the kinds are
  /// served. Where all is as it should be, nothing is written.
  ///
  /// @return why there are none; empty when there are
  public Optional<String> ensure() throws InterruptedException {
    for (var file : FILES) {
      var wanted = read(file);
      var refusal = ensure(wanted);
      if (!awaitServed(wanted, refusal.isEmpty() ? MOST_LOOKS : 1)) {
        return refusal.or(() -> Optional.of(name(wanted) + " is not served"));
      }
    }
    return Optional.empty();
  }

  private ObjectNode read(String file) {
    try (InputStream text = Definitions.class.getResourceAsStream(file)) {
      if (text == null) throw new IllegalStateException("no " + file);
      return client.getKubernetesSerialization().unmarshal(text, ObjectNode.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whoever may not write may still find the kinds served.
  private Optional<String> ensure(ObjectNode wanted) {
    try {
      var known = client.raw(PATH + "/" + name(wanted));
      if (known == null) client.raw(PATH, "POST", wanted.toString());
      else replace(wanted, JsonMapper.shared().readTree(known));
      return Optional.empty();
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) return Optional.empty();
      if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) throw e;
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private void replace(ObjectNode wanted, JsonNode known) {
    if (has(known.path("spec"), wanted.path("spec"))) return;
    var version = known.path("metadata").path("resourceVersion").asString("");
    ((ObjectNode) wanted.path("metadata")).put("resourceVersion", version);
    client.raw(PATH + "/" + name(wanted), "PUT", wanted.toString());
  }

  /// Whether all that is wanted is there. A server fills in more, but nothing into a schema.
  private static boolean has(JsonNode known, JsonNode wanted) {
    return switch (wanted) {
      case ObjectNode object when object.has("openAPIV3Schema") -> known.equals(object);
      case ObjectNode object ->
          object.properties().stream()
              .allMatch(each -> has(known.path(each.getKey()), each.getValue()));
      case tools.jackson.databind.node.ArrayNode array -> {
        var all = known.size() == array.size();
        for (int i = 0; all && i < array.size(); i++) all = has(known.path(i), array.get(i));
        yield all;
      }
      default -> known.equals(wanted);
    };
  }

  private boolean awaitServed(ObjectNode wanted, int looks) throws InterruptedException {
    for (int look = 0; look < looks; look++) {
      if (look > 0) Thread.sleep(PAUSE);
      if (isServed(wanted.path("spec"))) return true;
    }
    return false;
  }

  private boolean isServed(JsonNode spec) {
    var path =
        "/apis/%s/v1/%s?limit=1"
            .formatted(spec.path("group").asString(), spec.path("names").path("plural").asString());
    try {
      return client.raw(path) != null;
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) return false;
      throw e;
    }
  }

  private static String name(ObjectNode definition) {
    return definition.path("metadata").path("name").asString();
  }
}
