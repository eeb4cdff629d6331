package io.ordinal.kube;

import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PartialObjectMetadata;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Type;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/// One kind's objects at the API server, as an informer asks for them: a list, and a stream of
/// changes.
///
/// It speaks through the client's own HTTP client (so credentials and transport are the client's)
/// but reads the bytes itself: the library's watch opens WebSockets, reconnects and times out on
/// threads of its own.
final class Resources<T extends HasMetadata> {
  /// A list: its objects and the version it is of.
  record Listing<T>(List<Cached<T>> items, String version) {}

  private static final int CALL_SECONDS = 60;

  /// Full objects will do where a server does not know how to leave out the rest.
  static final String PARTIAL =
      "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,"
          + "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";

  private final KubernetesClient client;
  private final KubernetesSerialization serialization;
  private final Class<T> type;
  private final ResourceType resource;
  private final Scope scope;

  Resources(KubernetesClient client, Class<T> type, ResourceType resource, Scope scope) {
    this.client = client;
    this.serialization = client.getKubernetesSerialization();
    this.type = type;
    this.resource = resource;
    this.scope = scope;
  }

  /// Lists everything at its newest version.
  Listing<T> list(boolean keepJson) throws InterruptedException {
    var response = call(client.getHttpClient().sendAsync(request("").build(), byte[].class));
    if (!response.isSuccessful()) throw refused(response.code(), response.body());
    return keepJson ? listingWithJson(response.body()) : listing(response.body());
  }

  /// Opens a stream of the changes after a version.
  WatchStream watch(String version, Runnable onArrival) throws InterruptedException {
    var stream = new WatchStream(onArrival);
    var request = request("watch=true&allowWatchBookmarks=true&resourceVersion=" + encode(version));
    var response =
        call(client.getHttpClient().consumeBytes(request.forStreaming().build(), stream));
    if (!response.isSuccessful()) {
      response.body().cancel();
      throw refused(response.code(), new byte[0]);
    }
    stream.opened(response.body());
    return stream;
  }

  Cached<T> read(Json json, boolean keepJson) {
    var object = trimmed(serialization.unmarshal(new ByteArrayInputStream(json.text()), type));
    return new Cached<>(object, keepJson ? Optional.of(json) : Optional.empty());
  }

  /// What an ERROR event of a watch carries.
  KubernetesClientException error(Json status) {
    return refused(0, status.text());
  }

  private Listing<T> listing(byte[] body) {
    var list = serialization.unmarshal(new ByteArrayInputStream(body), listType());
    var items = list.getItems().stream().map(item -> new Cached<>(trimmed(item))).toList();
    return new Listing<>(items, list.getMetadata().getResourceVersion());
  }

  private Listing<T> listingWithJson(byte[] body) {
    var list = new Json(body).tree();
    var items = new ArrayList<Cached<T>>();
    for (JsonNode item : list.path("items")) items.add(read(Json.of(item), true));
    return new Listing<>(items, list.path("metadata").path("resourceVersion").asString());
  }

  private TypeReference<DefaultKubernetesResourceList<T>> listType() {
    var listType = serialization.constructParametricType(DefaultKubernetesResourceList.class, type);
    return new TypeReference<>() {
      @Override
      public Type getType() {
        return listType;
      }
    };
  }

  private HttpRequest.Builder request(String query) {
    var all = new StringBuilder(query);
    if (!scope.labelSelector().isEmpty()) and(all, "labelSelector", scope.labelSelector());
    if (!scope.fieldSelector().isEmpty()) and(all, "fieldSelector", scope.fieldSelector());
    var uri = URI.create(client.getMasterUrl() + path() + (all.isEmpty() ? "" : "?" + all));
    return client
        .getHttpClient()
        .newHttpRequestBuilder()
        .uri(uri)
        .header("Accept", isPartial() ? PARTIAL : "application/json");
  }

  private boolean isPartial() {
    return type == PartialObjectMetadata.class;
  }

  /// Whoever asks for metadata alone wants to know who belongs to whom, and wants it small.
  private T trimmed(T fresh) {
    if (isPartial()) {
      fresh.getMetadata().setAnnotations(Map.of());
      fresh.getMetadata().setLabels(Map.of());
      fresh.getMetadata().setManagedFields(List.of());
    }
    return fresh;
  }

  private String path() {
    var namespace = scope.namespace().isEmpty() ? "" : "/namespaces/" + scope.namespace();
    return resource.root() + namespace + "/" + resource.plural();
  }

  private static void and(StringBuilder query, String name, String value) {
    if (!query.isEmpty()) query.append('&');
    query.append(name).append('=').append(encode(value));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  static <R> HttpResponse<R> call(CompletableFuture<HttpResponse<R>> call)
      throws InterruptedException {
    try {
      return call.get(CALL_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw KubernetesClientException.launderThrowable(e.getCause());
    } catch (TimeoutException e) {
      call.cancel(true);
      throw new KubernetesClientException("no answer within " + CALL_SECONDS + " s", e);
    }
  }

  private KubernetesClientException refused(int code, byte[] body) {
    return refused(serialization, code, body);
  }

  static KubernetesClientException refused(
      KubernetesSerialization serialization, int code, byte[] body) {
    if (body.length == 0) {
      return new KubernetesClientException(new StatusBuilder().withCode(code).build());
    }
    var status = serialization.unmarshal(new ByteArrayInputStream(body), Status.class);
    return new KubernetesClientException(status);
  }
}
