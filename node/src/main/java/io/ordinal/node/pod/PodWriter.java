package io.ordinal.node.pod;

import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
          .patch(STRATEGIC, client.getKubernetesSerialization().asJson(patch(pod, status)));
      return true;
    } catch (KubernetesClientException e) {
      if (isGone(e)) return false;
      throw e;
    }
  }

  /// The uid keeps the patch from a later pod of the same name. What was said before and is not
  /// said now is removed.
  private Map<String, Object> patch(Pod pod, PodStatus status) {
    var said = new LinkedHashMap<String, Object>();
    var serialization = client.getKubernetesSerialization();
    Map<?, ?> tree = serialization.convertValue(status, Map.class);
    tree.forEach((key, value) -> said.put(String.valueOf(key), value));
    var before = pod.getStatus();
    if (before != null) {
      if (before.getReason() != null && status.getReason() == null) said.put("reason", null);
      if (before.getMessage() != null && status.getMessage() == null) said.put("message", null);
      if (!before.getPodIPs().isEmpty() && !before.getPodIPs().equals(status.getPodIPs())) {
        said.put("podIPs", replaced(status));
      }
    }
    return Map.of("metadata", Map.of("uid", pod.getMetadata().getUid()), "status", said);
  }

  private static List<Object> replaced(PodStatus status) {
    var list = new ArrayList<Object>();
    status.getPodIPs().forEach(ip -> list.add(Map.of("ip", ip.getIp())));
    list.add(Map.of("$patch", "replace"));
    return list;
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
