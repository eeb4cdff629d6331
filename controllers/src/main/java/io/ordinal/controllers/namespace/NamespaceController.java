package io.ordinal.controllers.namespace;

import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PartialObjectMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.ordinal.controllers.context.ControllerContext;
import io.ordinal.controllers.discovery.ApiKind;
import io.ordinal.kube.Informer;
import io.ordinal.kube.ObjectKey;
import io.ordinal.kube.Outcome;
import io.ordinal.kube.ResourceType;
import io.ordinal.kube.ShortAnswer;
import io.ordinal.kube.WorkQueue;
import io.ordinal.kube.Writer;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Deletes what is in a terminating namespace: pods first, and nothing else while one is left, so
/// that they end with their secrets, claims and services still there; then everything else; then
/// the namespace's own finalizer.
public final class NamespaceController {
  private static final String FINALIZER = "kubernetes";
  private static final ResourceType PODS = new ResourceType("", "v1", "pods");

  /// For content that other controllers must let go first.
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final KubernetesClient client;
  private final Writer writer;
  private final Clock wall;
  private final Clock steady;
  private final Informer<Namespace> namespaces;
  private final WorkQueue<ObjectKey> queue;

  /// Adds the controller to the context's.
  public NamespaceController(ControllerContext context) {
    client = context.client("namespace-controller");
    writer = new Writer(client);
    wall = context.wall();
    steady = context.steady();
    namespaces = context.informer(Namespace.class);
    queue = context.controller("namespace", this::reconcile, 2);
    namespaces.onChange((_, after) -> {
      if (after != null && isLeaving(after)) {
        queue.add(ObjectKey.of(after));
      }
    });
    context.informer(Pod.class).onChange(this::podChanged);
  }

  private void podChanged(@Nullable Pod before, @Nullable Pod after) {
    if (after == null && before != null) {
      ObjectKey key = new ObjectKey("", before.getMetadata().getNamespace());
      namespaces.get(key).filter(NamespaceController::isLeaving).ifPresent(_ -> queue.add(key));
    }
  }

  private static boolean isLeaving(Namespace namespace) {
    return namespace.getMetadata().getDeletionTimestamp() != null;
  }

  private Outcome reconcile(ObjectKey key) {
    var found = namespaces.get(key).filter(NamespaceController::isLeaving);
    if (found.isEmpty() || !found.get().getSpec().getFinalizers().contains(FINALIZER)) {
      return Outcome.DONE;
    }
    Namespace namespace = found.get();
    Emptying emptying = Emptying.begin();
    empty(key.name(), emptying);
    Namespace told = tell(namespace, emptying);
    if (emptying.isDone()) {
      finish(told);
      return Outcome.DONE;
    }
    return new Outcome.LookAgainAt(steady.instant().plus(PATIENCE));
  }

  private void empty(String namespace, Emptying emptying) {
    List<ApiKind> kinds = kinds(emptying);
    kinds.stream().filter(k -> k.type().equals(PODS)).forEach(k -> empty(namespace, k, emptying));
    if (!emptying.remaining().isEmpty()) {
      return;
    }
    kinds.stream().filter(k -> !k.type().equals(PODS)).forEach(k -> empty(namespace, k, emptying));
  }

  private List<ApiKind> kinds(Emptying emptying) {
    try {
      return ApiKind.discover(client).stream()
          .filter(k -> k.namespaced() && k.can("delete", "list"))
          .toList();
    } catch (KubernetesClientException e) {
      emptying.discoveryFailures().add(String.valueOf(e.getMessage()));
      return List.of();
    }
  }

  private void empty(String namespace, ApiKind kind, Emptying emptying) {
    String path =
        "%s/namespaces/%s/%s".formatted(kind.type().root(), namespace, kind.type().plural());
    try {
      List<PartialObjectMetadata> before = ShortAnswer.list(client, path);
      if (before.isEmpty()) {
        return;
      }
      delete(path, kind, before);
      List<PartialObjectMetadata> left = ShortAnswer.list(client, path);
      if (!left.isEmpty()) {
        emptying.remaining().put(kind.type().plural() + "." + kind.type().group(), left.size());
      }
      left.stream()
          .flatMap(o -> o.getMetadata().getFinalizers().stream())
          .forEach(f -> emptying.finalizers().merge(f, 1, Integer::sum));
    } catch (KubernetesClientException e) {
      emptying.deletionFailures().add(String.valueOf(e.getMessage()));
    }
  }

  private void delete(String path, ApiKind kind, List<PartialObjectMetadata> objects) {
    var options =
        new DeleteOptionsBuilder()
            .withApiVersion("v1")
            .withKind("DeleteOptions")
            .withPropagationPolicy("Background")
            .build();
    if (kind.can("deletecollection")) {
      writer.send("DELETE", "/" + path, options);
      return;
    }
    for (var object : objects) {
      try {
        writer.send("DELETE", "/" + path + "/" + object.getMetadata().getName(), options);
      } catch (KubernetesClientException e) {
        if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
          throw e;
        }
      }
    }
  }

  private Namespace tell(Namespace namespace, Emptying emptying) {
    var known = namespace.getStatus();
    var conditions =
        emptying.conditions(known == null ? List.of() : known.getConditions(), wall.instant());
    if (known != null
        && "Terminating".equals(known.getPhase())
        && Objects.equals(known.getConditions(), conditions)) {
      return namespace;
    }
    return writer.replaceStatus(
        new NamespaceBuilder(namespace)
            .editOrNewStatus()
            .withPhase("Terminating")
            .withConditions(conditions)
            .endStatus()
            .build());
  }

  private void finish(Namespace namespace) {
    var freed =
        new NamespaceBuilder(namespace)
            .editSpec()
            .removeFromFinalizers(FINALIZER)
            .endSpec()
            .build();
    String path = "/api/v1/namespaces/%s/finalize".formatted(namespace.getMetadata().getName());
    try {
      writer.send("PUT", path, freed);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
    }
  }
}
