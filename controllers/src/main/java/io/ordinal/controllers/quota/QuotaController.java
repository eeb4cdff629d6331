package io.ordinal.controllers.quota;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.ResourceQuotaStatus;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.ordinal.controllers.context.ControllerContext;
import io.ordinal.controllers.discovery.ApiKind;
import io.ordinal.controllers.quota.QuotaPlan.Contents;
import io.ordinal.kube.Informer;
import io.ordinal.kube.ObjectKey;
import io.ordinal.kube.Outcome;
import io.ordinal.kube.Pods;
import io.ordinal.kube.ResourceType;
import io.ordinal.kube.WorkQueue;
import io.ordinal.kube.Writer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Keeps the status of quotas true, for people and for servers that let nothing in before it is.
///
/// Pods, services and claims are followed anyway. Of the other kinds, only those are followed whose
/// number some quota limits, and of these only the metadata.
public final class QuotaController {
  /// A set that starts creates many pods: they are counted together.
  private static final Duration MOMENT = Duration.ofMillis(50);

  /// A kind that nobody knows may come, and not only by a definition.
  private static final Duration DISCOVERY_PERIOD = Duration.ofSeconds(30);

  private final KubernetesClient client;
  private final Writer writer;
  private final ControllerContext context;
  private final Clock wall;
  private final Clock steady;
  private final Informer<ResourceQuota> quotas;
  private final Informer<Pod> pods;
  private final Informer<Service> services;
  private final Informer<PersistentVolumeClaim> claims;
  private final Map<ResourceType, Class<? extends HasMetadata>> followedAnyway = new HashMap<>();
  private final Map<Counted, Informer<? extends HasMetadata>> counted = new ConcurrentHashMap<>();
  private final Set<Counted> complete = ConcurrentHashMap.newKeySet();
  private final WorkQueue<ObjectKey> queue;

  /// Whether the kinds may have changed since they were discovered.
  private final AtomicBoolean kindsChanged = new AtomicBoolean();

  /// Touched by the one worker only.
  private List<ApiKind> served = List.of();

  private Instant discovered = Instant.EPOCH;

  /// Adds the controller to the context's. Kinds in `followedAnyway` have an informer with whole
  /// objects already, which is shared.
  public QuotaController(
      ControllerContext context, Set<Class<? extends HasMetadata>> followedAnyway) {
    this.context = context;
    followedAnyway.forEach(type -> this.followedAnyway.put(ResourceType.of(type), type));
    client = context.client("resourcequota-controller");
    writer = new Writer(client);
    wall = context.wall();
    steady = context.steady();
    quotas = context.informer(ResourceQuota.class);
    pods = context.informer(Pod.class);
    services = context.informer(Service.class);
    claims = context.informer(PersistentVolumeClaim.class);
    queue = context.controller("resource-quota", this::reconcile, 1);
    quotas.onChange((_, after) -> {
      if (after != null) {
        queue.add(ObjectKey.of(after));
      }
    });
    pods.onChange((before, after) -> {
      if (before == null || after == null || !countsTheSame(before, after)) {
        changed(before, after);
      }
    });
    services.onChange(this::changed);
    claims.onChange(this::changed);
    context.informers().metadataOf(ApiKind.DEFINITIONS).onChange((_, _) -> kindsChanged());
  }

  private static boolean countsTheSame(Pod a, Pod b) {
    return Pods.isTerminal(a) == Pods.isTerminal(b)
        && PodUsage.end(a).equals(PodUsage.end(b))
        && a.getMetadata().getUid().equals(b.getMetadata().getUid())
        && Objects.equals(
            a.getSpec().getActiveDeadlineSeconds(), b.getSpec().getActiveDeadlineSeconds());
  }

  private void changed(@Nullable HasMetadata before, @Nullable HasMetadata after) {
    HasMetadata object = Objects.requireNonNull(after == null ? before : after);
    quotas
        .list(object.getMetadata().getNamespace())
        .forEach(quota -> queue.addAfter(ObjectKey.of(quota), MOMENT));
  }

  /// Those that wait for a kind look whether it has come.
  private void kindsChanged() {
    kindsChanged.set(true);
    quotas.list().stream()
        .filter(quota -> !counted.keySet().containsAll(countedBy(quota)))
        .forEach(quota -> queue.add(ObjectKey.of(quota)));
  }

  private static List<Counted> countedBy(ResourceQuota quota) {
    return QuotaPlan.hard(quota).keySet().stream()
        .flatMap(resource -> Counted.of(resource).stream())
        .toList();
  }

  private void numberChanged(@Nullable HasMetadata before, @Nullable HasMetadata after) {
    if (before == null || after == null) {
      changed(before, after);
    }
  }

  private Outcome reconcile(ObjectKey key) {
    var found = quotas.get(key);
    if (found.isEmpty() || found.get().getMetadata().getDeletionTimestamp() != null) {
      return Outcome.DONE;
    }
    ResourceQuota quota = found.get();
    Map<Counted, Integer> numbers = new HashMap<>();
    boolean unknown = false;
    for (Counted kind : countedBy(quota)) {
      var informer = informerOf(kind);
      if (informer.isPresent() && !informer.get().synced()) {
        return Outcome.DONE; // its first list brings the quota back
      }
      unknown |= informer.isEmpty();
      informer.ifPresent(i -> numbers.put(kind, i.list(key.namespace()).size()));
    }
    var contents =
        new Contents(
            pods.list(key.namespace()),
            services.list(key.namespace()),
            claims.list(key.namespace()),
            numbers);
    var plan = QuotaPlan.of(quota, contents, wall.instant());
    write(quota, plan.status());
    return lookAgain(plan.lookAgain(), unknown);
  }

  private Outcome lookAgain(Optional<Duration> wait, boolean unknown) {
    var discovery = unknown ? Optional.of(DISCOVERY_PERIOD) : Optional.<Duration>empty();
    Instant now = steady.instant();
    return Stream.concat(wait.stream(), discovery.stream())
        .min(Duration::compareTo)
        .<Outcome>map(pause -> new Outcome.LookAgainAt(now.plus(pause)))
        .orElse(Outcome.DONE);
  }

  private void write(ResourceQuota quota, ResourceQuotaStatus status) {
    var known = quota.getStatus();
    boolean right =
        known != null
            && known.getHard() != null
            && known.getUsed() != null
            && Usage.same(known.getHard(), status.getHard())
            && Usage.same(known.getUsed(), status.getUsed());
    if (!right) {
      writer.replaceStatus(new ResourceQuotaBuilder(quota).withStatus(status).build());
    }
  }

  /// The objects of a kind that is only counted; empty when the server knows no such kind.
  private Optional<Informer<? extends HasMetadata>> informerOf(Counted kind) {
    var known = counted.get(kind);
    return known != null ? Optional.of(known) : type(kind).map(type -> follow(kind, type));
  }

  private Optional<ResourceType> type(Counted kind) {
    Instant now = steady.instant();
    boolean old = !discovered.isAfter(now.minus(DISCOVERY_PERIOD));
    if (kindsChanged.getAndSet(false) || old) {
      served = ApiKind.discover(client);
      discovered = now;
    }
    return served.stream()
        .filter(k -> k.namespaced() && k.can("list", "watch"))
        .map(ApiKind::type)
        .filter(t -> t.group().equals(kind.group()) && t.plural().equals(kind.plural()))
        .findFirst();
  }

  private Informer<? extends HasMetadata> follow(Counted kind, ResourceType type) {
    var whole = followedAnyway.get(type);
    Informer<? extends HasMetadata> informer =
        whole == null ? context.informers().metadataOf(type) : context.informer(whole);
    counted.put(kind, informer);
    informer.onChange(this::numberChanged);
    informer.onAdvance(() -> {
      if (complete.add(kind)) {
        quotas.list().forEach(quota -> queue.add(ObjectKey.of(quota)));
      }
    });
    return informer;
  }
}
