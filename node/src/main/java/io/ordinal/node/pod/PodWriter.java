package io.ordinal.node.pod;

import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.ordinal.kube.Json;
import io.ordinal.kube.ShortAnswer;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Writes what a node may write of a pod: its status, and its end.
public final class PodWriter {
  private final KubernetesClient client;

  /// Writes through this client.
  public PodWriter(KubernetesClient client) {
    this.client = client;
  }

  /// A status that was written, and the pod's version with it.
  record Written(PodStatus status, long version) {}

  /// Writes the status; empty when the pod is not there any more (or another one has its name).
  public Optional<Written> status(Pod pod, PodStatus status) {
    var metadata = pod.getMetadata();
    try {
      var path =
          "api/v1/namespaces/%s/pods/%s/status"
              .formatted(metadata.getNamespace(), metadata.getName());
      var version = ShortAnswer.patch(client, path, patch(pod, status));
      return Optional.of(new Written(status, version));
    } catch (KubernetesClientException e) {
      if (isGone(e)) return Optional.empty();
      throw e;
    }
  }

  /// The uid keeps the patch from a later pod of the same name. What was said before and is not
  /// said now is removed by name: conditions are merged by their type, everything else field by
  /// field.
  private String patch(Pod pod, PodStatus status) {
    var before = pod.getStatus();
    var said = (ObjectNode) new Json(json(news(status, before))).tree();
    for (var condition : said.path("conditions")) {
      removed((ObjectNode) condition, "reason", "message");
    }
    if (before != null && before.getReason() != null) removed(said, "reason");
    if (before != null && before.getMessage() != null) removed(said, "message");
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

  /// What is as it was is not written: it costs, and a condition that belongs to somebody else may
  /// have changed since.
  private static PodStatus news(PodStatus status, @Nullable PodStatus before) {
    if (before == null) {
      return status;
    }
    var news = new PodStatus();
    news.setPhase(unless(before.getPhase(), status.getPhase()));
    news.setReason(unless(before.getReason(), status.getReason()));
    news.setMessage(unless(before.getMessage(), status.getMessage()));
    news.setObservedGeneration(
        unless(before.getObservedGeneration(), status.getObservedGeneration()));
    news.setConditions(
        status.getConditions().stream()
            .filter(condition -> !before.getConditions().contains(condition))
            .toList());
    news.setHostIP(unless(before.getHostIP(), status.getHostIP()));
    news.setHostIPs(unless(before.getHostIPs(), status.getHostIPs()));
    news.setPodIP(unless(before.getPodIP(), status.getPodIP()));
    news.setPodIPs(unless(before.getPodIPs(), status.getPodIPs()));
    news.setStartTime(unless(before.getStartTime(), status.getStartTime()));
    news.setInitContainerStatuses(
        unless(before.getInitContainerStatuses(), status.getInitContainerStatuses()));
    news.setContainerStatuses(unless(before.getContainerStatuses(), status.getContainerStatuses()));
    news.setQosClass(unless(before.getQosClass(), status.getQosClass()));
    return news;
  }

  private static <T> @Nullable T unless(@Nullable T before, @Nullable T now) {
    return Objects.equals(before, now) ? null : now;
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

  /// The pod as the API server shows it after a write that the cache has not heard of yet. All but
  /// the status is shared with the cached pod.
  static Pod withStatus(Pod pod, PodStatus written) {
    return new Pod(pod.getApiVersion(), pod.getKind(), pod.getMetadata(), pod.getSpec(), written);
  }
}
