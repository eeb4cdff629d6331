package io.ordinal.platform.why;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.ordinal.platform.why.facts.Source;
import java.net.HttpURLConnection;

/// Reads with a client of one's own, as the command line does.
public record ClientSource(KubernetesClient client) implements Source {

  @Override
  public Reply get(String path) {
    try {
      var body = client.raw(path);
      return body == null
          ? new Reply(HttpURLConnection.HTTP_NOT_FOUND, "")
          : new Reply(HttpURLConnection.HTTP_OK, body);
    } catch (KubernetesClientException e) {
      // What is not an HTTP status is the connection.
      if (e.getCode() < HttpURLConnection.HTTP_BAD_REQUEST) throw e;
      return new Reply(e.getCode(), "");
    }
  }
}
