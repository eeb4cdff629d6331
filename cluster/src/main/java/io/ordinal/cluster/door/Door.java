package io.ordinal.cluster.door;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.ordinal.server.ApiRequest;
import io.ordinal.server.ApiResponse;
import io.ordinal.server.User;
import java.util.function.Function;
import tools.jackson.databind.ObjectMapper;

/// An API server in this process, as fabric8's client sees it. A request runs on the caller's
/// thread through the same pipeline as one from the network, from authorisation on; a watch is a
/// direct subscription.
public final class Door {

  /// Nobody listens there: requests never leave the process.
  private static final String NOWHERE = "https://kubernetes.default.svc/";

  /// One for all parts: what it learns about a type (milliseconds each) is learned once. The parts
  /// say which type they read, so that no class path need be searched for kinds.
  private static final KubernetesSerialization TYPED =
      new KubernetesSerialization(new ObjectMapper(), false);

  /// Made when somebody first loads objects of kinds that only their text names.
  private static final class AnyKind {
    static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();
  }

  private final Function<ApiRequest, ApiResponse> server;
  private final Delivery delivery;

  /// @param server handles a request, for example `apiServer::handle`
  /// @param delivery who carries the frames of watches and logs to their listeners
  public Door(Function<ApiRequest, ApiResponse> server, Delivery delivery) {
    this.server = server;
    this.delivery = delivery;
  }

  /// A client that acts as this user.
  public KubernetesClient clientFor(User user) {
    return client(user, AnyKind.SERIALIZATION);
  }

  /// A client for a part of the cluster, which reads only kinds that it names itself.
  public KubernetesClient clientOfPart(User user) {
    return client(user, TYPED);
  }

  private KubernetesClient client(User user, KubernetesSerialization serialization) {
    return new KubernetesClientBuilder()
        .withConfig(config())
        .withHttpClientFactory(new Factory(this, user))
        .withKubernetesSerialization(serialization)
        .build();
  }

  ApiResponse handle(ApiRequest request) {
    return server.apply(request);
  }

  Delivery delivery() {
    return delivery;
  }

  /// No retries and no environment: an answer of a server in this process is final.
  private static Config config() {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl(NOWHERE)
        .withRequestRetryBackoffLimit(0)
        .build();
  }

  /// What fabric8 asks for clients; each belongs to one user.
  record Factory(Door door, User user) implements HttpClient.Factory {
    @Override
    public HttpClient.Builder newBuilder() {
      return new InProcessHttpClient.Builder(this);
    }
  }
}
