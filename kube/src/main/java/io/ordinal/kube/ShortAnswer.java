package io.ordinal.kube;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import java.net.URI;

/// Writes of which only the object's new version is of interest: the server need not send the whole
/// object and nobody decodes it.
public final class ShortAnswer {
  private ShortAnswer() {}

  /// Sends a strategic merge patch and answers the version that it made.
  ///
  /// @param path below the server's root, such as `api/v1/namespaces/default/pods/web-0/status`
  /// @throws KubernetesClientException when it is refused
  public static long patch(KubernetesClient client, String path, String patch) {
    return send(client, to(client, path).patch("application/strategic-merge-patch+json", patch));
  }

  /// Creates an object and answers its version.
  ///
  /// @param path of the collection, below the server's root
  /// @throws KubernetesClientException when it is refused
  public static long create(KubernetesClient client, String path, String object) {
    return send(client, to(client, path).post("application/json", object));
  }

  private static HttpRequest.Builder to(KubernetesClient client, String path) {
    return client
        .getHttpClient()
        .newHttpRequestBuilder()
        .uri(URI.create(client.getMasterUrl() + path))
        .header("Accept", Resources.PARTIAL);
  }

  private static long send(KubernetesClient client, HttpRequest.Builder request) {
    try {
      var answer = Resources.call(client.getHttpClient().sendAsync(request.build(), byte[].class));
      if (!answer.isSuccessful()) {
        throw Resources.refused(client.getKubernetesSerialization(), answer.code(), answer.body());
      }
      var metadata = new Json(answer.body()).tree().path("metadata");
      return ResourceVersions.parse(metadata.path("resourceVersion").asString(""));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KubernetesClientException("interrupted", e);
    }
  }
}
