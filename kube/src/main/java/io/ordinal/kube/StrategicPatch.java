package io.ordinal.kube;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.URI;

/// A strategic merge patch of which only the object's new version is of interest: the server need
/// not send the whole object and nobody decodes it.
public final class StrategicPatch {
  private StrategicPatch() {}

  /// Sends the patch and answers the version that it made.
  ///
  /// @param path below the server's root, such as `api/v1/namespaces/default/pods/web-0/status`
  /// @throws KubernetesClientException when it is refused
  public static long send(KubernetesClient client, String path, String patch) {
    var request =
        client
            .getHttpClient()
            .newHttpRequestBuilder()
            .uri(URI.create(client.getMasterUrl() + path))
            .header("Accept", Resources.PARTIAL)
            .patch("application/strategic-merge-patch+json", patch)
            .build();
    try {
      var answer = Resources.call(client.getHttpClient().sendAsync(request, byte[].class));
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
