package io.ordinal.node.pod;

import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.ordinal.kube.Json;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ObjectNode;

/// Writes what a node may write of a pod: its status, and its end.
public final class PodWriter {
  private static final PatchContext STRATEGIC = PatchContext.of(PatchType.STRATEGIC_MERGE);

  private final KubernetesClient client;

  /// Writes through this client.
  public PodWriter(KubernetesClient client) {
    this.client = client;
  }

  /// Writes the status; false when the pod is not there any more (or another one has its name).
  public boolean status(Pod pod, PodStatus status) {
    var metadata = pod.getMetadata();
    try {
      client
          .pods()
          .inNamespace(metadata.getNamespace())
          .withName(metadata.getName())
          .subresource("status")
          .patch(STRATEGIC, patch(pod, status));
      return true;
    } catch (KubernetesClientException e) {
      if (isGone(e)) return false;
      throw e;
    }
  }

  /// The uid keeps the patch from a later pod of the same name. What was said before and is not
  /// said now is removed by name: conditions are merged by their type, everything else field by
  /// field.
  private String patch(Pod pod, PodStatus status) {
    var said = (ObjectNode) new Json(json(status)).tree();
    for (var condition : said.withArray("conditions")) {
      removed((ObjectNode) condition, "reason", "message");
    }
    removed(said, "reason", "message");
    var before = pod.getStatus();
    if (before != null
        && !before.getPodIPs().isEmpty()
        && !before.getPodIPs().equals(status.getPodIPs())) {
      said.withArray("podIPs").addObject().put("$patch", "replace");
    }
    var patch = said.objectNode();
    patch.putObject("metadata").put("uid", pod.getMetadata().getUid());
    patch.set("status", said);
    return patch.toString();
  }

  private byte[] json(PodStatus status) {
    return client.getKubernetesSerialization().asJson(status).getBytes(StandardCharsets.UTF_8);
  }

  private static void removed(ObjectNode object, String... names) {
    for (var name : names) {
      if (!object.has(name)) object.putNull(name);
    }
  }

  /// Lets the API server forget a pod that has ended; another pod of its name is left alone.
  public void delete(Pod pod) {
    var metadata = pod.getMetadata();
    var options =
        new DeleteOptionsBuilder()
            .withGracePeriodSeconds(0L)
            .withNewPreconditions()
            .withUid(metadata.getUid())
            .endPreconditions()
            .build();
    var path = "/api/v1/namespaces/" + metadata.getNamespace() + "/pods/" + metadata.getName();
    try {
      client.raw(path, "DELETE", options);
    } catch (KubernetesClientException e) {
      if (!isGone(e)) throw e;
    }
  }

  private static boolean isGone(KubernetesClientException e) {
    return e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
        || e.getCode() == HttpURLConnection.HTTP_CONFLICT;
  }

  /// The pod as the API server will show it after the last write, when the cache has not heard of
  /// it yet.
  static Pod withStatus(Pod pod, PodStatus written) {
    return new PodBuilder(pod).withStatus(written).build();
  }
}
