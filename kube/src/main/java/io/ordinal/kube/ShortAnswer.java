package io.ordinal.kube;

import io.fabric8.kubernetes.api.model.PartialObjectMetadata;
import io.fabric8.kubernetes.api.model.PartialObjectMetadataList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import java.io.ByteArrayInputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// Calls of which only an object's metadata are of interest: the server need not send the whole
/// object and nobody decodes it. Objects of any kind can be asked for.
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

  /// Sends a merge patch (RFC 7386) and answers the version that it made.
  ///
  /// @throws KubernetesClientException when it is refused
  public static long merge(KubernetesClient client, String path, String patch) {
    return send(client, to(client, path).patch("application/merge-patch+json", patch));
  }

  /// The metadata of one object, if it is there.
  ///
  /// @throws KubernetesClientException when the answer is anything but the object or its absence
  public static Optional<PartialObjectMetadata> get(KubernetesClient client, String path) {
    try {
      return Optional.of(
          read(client, answer(client, to(client, path)), PartialObjectMetadata.class));
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) return Optional.empty();
      throw e;
    }
  }

  /// The metadata of all objects of a collection; of a kind that is not served any more there are
  /// none.
  ///
  /// @throws KubernetesClientException when it is refused
  public static List<PartialObjectMetadata> list(KubernetesClient client, String path) {
    try {
      return read(client, answer(client, to(client, path)), PartialObjectMetadataList.class)
          .getItems();
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) return List.of();
      throw e;
    }
  }

  private static <T> T read(KubernetesClient client, byte[] body, Class<T> type) {
    return client.getKubernetesSerialization().unmarshal(new ByteArrayInputStream(body), type);
  }

  private static HttpRequest.Builder to(KubernetesClient client, String path) {
    return client
        .getHttpClient()
        .newHttpRequestBuilder()
        .uri(URI.create(client.getMasterUrl() + path))
        .header("Accept", Resources.PARTIAL);
  }

  private static long send(KubernetesClient client, HttpRequest.Builder request) {
    var metadata = new Json(answer(client, request)).tree().path("metadata");
    return ResourceVersions.parse(metadata.path("resourceVersion").asString(""));
  }

  private static byte[] answer(KubernetesClient client, HttpRequest.Builder request) {
    try {
      var answer = Resources.call(client.getHttpClient().sendAsync(request.build(), byte[].class));
      if (!answer.isSuccessful()) {
        throw Resources.refused(client.getKubernetesSerialization(), answer.code(), answer.body());
      }
      return answer.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KubernetesClientException("interrupted", e);
    }
  }
}
