package io.ordinal.platform.clusters;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.ordinal.platform.answer.Refusal;
import io.ordinal.platform.records.Records;
import io.ordinal.platform.records.Remembered;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The clusters that the gateway knows: the hub, and those that administrators have added by their
/// kubeconfigs.
public final class Clusters implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Clusters.class);
  private static final Duration LOOK_AGAIN_AFTER = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final int ID_LENGTH = 8;
  private static final int LONGEST_NAME = 60;
  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

  private final Optional<Limited> limited;
  private volatile Member hub;
  private final Records records;
  private final Seal seal;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Map<String, Opened> opened = new ConcurrentHashMap<>();
  private final Map<String, Seen> seen = new ConcurrentHashMap<>();
  private final Map<String, Thread> looks = new ConcurrentHashMap<>();

  private final Map<String, Client> clients = new ConcurrentHashMap<>();

  private record Opened(long version, Upstream upstream) {}

  private record Client(long version, KubernetesClient client) {}

  private record Seen(ClusterState state, Instant at) {}

  /// @param limited when the hub's credentials may not act for others
  public Clusters(
      Access hub,
      Optional<Limited> limited,
      Records records,
      Seal seal,
      InstantSource clock,
      SecureRandom random) {
    this.limited = limited;
    this.hub = hub(hub);
    this.records = records;
    this.seal = seal;
    this.clock = clock;
    this.random = random;
    records.onChange((before, _) -> {
      if (before.type() == Remembered.Type.CLUSTER) forget(before.key());
    });
  }

  private Member hub(Access access) {
    return new Member(Member.HUB, Member.HUB, new Upstream(access), limited);
  }

  /// Reaches the hub with other credentials from now on; what is open goes on with the old ones.
  public void renewHub(Access access) {
    hub = hub(access);
  }

  /// What the hub's credentials may not do, if there is anything.
  public Optional<Limited> limited() {
    return limited;
  }

  /// Gives the platform's administrators their rights in the hub, and takes a first look at it. A
  /// cluster without RBAC has no need of the rights, and who acts as himself has his own.
  public void bindAdministrators() throws InterruptedException {
    if (limited.isEmpty()) bind(hub.upstream());
    look(Member.HUB);
  }

  private static void bind(Upstream upstream) throws InterruptedException {
    try {
      Administrators.bind(upstream);
    } catch (IOException e) {
      LOG.warn(
          "{}: administrators get no rights of their own: {}", upstream.server(), e.getMessage());
    }
  }

  /// Whether a cluster lets its kubeconfig's user act for others, and believes him.
  ///
  /// @throws IOException when it does not answer
  public static boolean mayImpersonate(Access access) throws IOException, InterruptedException {
    try (var upstream = new Upstream(access)) {
      return upstream.mayImpersonate();
    }
  }

  /// The cluster of this id.
  ///
  /// @throws Refusal 404; 503 when its credentials cannot be opened
  public Member get(String id) {
    if (id.equals(Member.HUB)) return hub;
    return records
        .find(Remembered.Type.CLUSTER, id)
        .map(this::member)
        .orElseThrow(() -> unknown(id));
  }

  /// A client for what the platform itself does in another cluster than the hub, with the gateway's
  /// credentials; it is closed when the cluster is forgotten, or has other credentials. Empty when
  /// there is no such cluster.
  ///
  /// @throws Refusal 503 when its credentials cannot be opened
  public Optional<KubernetesClient> client(String id) {
    return records
        .find(Remembered.Type.CLUSTER, id)
        .map(record ->
            clients
                .compute(
                    id,
                    (_, known) ->
                        known != null && known.version() == record.version()
                            ? known
                            : new Client(record.version(), access(record).client()))
                .client());
  }

  private static Refusal unknown(String id) {
    return Refusal.notFound("cluster", id);
  }

  private Member member(Remembered record) {
    var id = record.key();
    var upstream =
        opened
            .compute(
                id,
                (_, known) ->
                    known != null && known.version() == record.version() ? known : open(record))
            .upstream();
    return new Member(id, record.text("name"), upstream, Optional.empty());
  }

  private Opened open(Remembered record) {
    return new Opened(record.version(), new Upstream(access(record)));
  }

  private Access access(Remembered record) {
    try {
      return Kubeconfigs.read(seal.open(record.text("kubeconfig"), record.key()));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw Refusal.unavailable(
          "the credentials of cluster \"%s\" were encrypted with another key file: add it again"
              .formatted(record.key()));
    }
  }

  /// What is known of a cluster without reaching it.
  public record Listed(String id, String name) {}

  /// All clusters, the hub first.
  public List<Listed> all() {
    var all = new ArrayList<>(List.of(new Listed(Member.HUB, Member.HUB)));
    records
        .all(Remembered.Type.CLUSTER)
        .forEach(each -> all.add(new Listed(each.key(), each.text("name"))));
    return all;
  }

  /// What the last look at each of the clusters has shown. Those that have not been looked at
  /// lately are looked at meanwhile; only a first look is waited for, and not long: one cluster
  /// that is silent must not keep the others from being shown.
  public Map<String, ClusterState> states(List<Listed> which) throws InterruptedException {
    for (var each : which) if (!isFresh(each.id())) lookMeanwhile(each.id());
    var until = clock.instant().plus(PATIENCE);
    for (var each : which) {
      var look = looks.get(each.id());
      if (look == null || seen.containsKey(each.id())) continue;
      look.join(Duration.between(clock.instant(), until));
    }
    var states = new ConcurrentHashMap<String, ClusterState>();
    for (var each : which) {
      Optional.ofNullable(seen.get(each.id())).ifPresent(s -> states.put(each.id(), s.state()));
    }
    return states;
  }

  /// There is one look at a time.
  private void lookMeanwhile(String id) {
    looks.computeIfAbsent(
        id,
        _ ->
            Thread.ofVirtual()
                .name("look at " + id)
                .start(() -> {
                  try {
                    look(id);
                  } finally {
                    looks.remove(id);
                  }
                }));
  }

  private boolean isFresh(String id) {
    var last = seen.get(id);
    return last != null && last.at().plus(LOOK_AGAIN_AFTER).isAfter(clock.instant());
  }

  private void look(String id) {
    seen.put(id, new Seen(state(id), clock.instant()));
  }

  private ClusterState state(String id) {
    try {
      return state(get(id).upstream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new ClusterState("", false, "interrupted");
    } catch (IOException | Refusal e) {
      return new ClusterState("", false, String.valueOf(e.getMessage()));
    }
  }

  private static ClusterState state(Upstream upstream) throws IOException, InterruptedException {
    var version = upstream.ask("GET", "/version", "");
    return new ClusterState(version.path("gitVersion").asString(""), true, "");
  }

  /// Adds a cluster, after a look whether it answers and lets the gateway act for users.
  ///
  /// @throws Refusal 422 when it does not
  public Listed add(String name, String kubeconfig) throws InterruptedException {
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      throw Refusal.invalid("name", "must have 1 to 60 characters");
    }
    ClusterState state;
    try (var upstream = new Upstream(Kubeconfigs.read(kubeconfig))) {
      try {
        state = state(upstream);
        if (!upstream.mayImpersonate()) throw mayNotImpersonate();
      } catch (IOException e) {
        throw Refusal.invalid(
            "kubeconfig", "%s does not answer: %s".formatted(upstream.server(), e.getMessage()));
      }
      bind(upstream);
    }
    var id = "cls-" + randomId();
    var fields = Map.of("name", name, "kubeconfig", seal.seal(kubeconfig, id));
    records.create(Remembered.fresh(Remembered.Type.CLUSTER, id, "", fields));
    seen.put(id, new Seen(state, clock.instant()));
    return new Listed(id, name);
  }

  private static Refusal mayNotImpersonate() {
    return Refusal.invalid(
        "kubeconfig",
        "its user may not impersonate: without that every user of the console would act with its rights");
  }

  /// Forgets a cluster; the cluster itself is left alone.
  ///
  /// @throws Refusal 404; 409 for the hub
  public void remove(String id) {
    if (id.equals(Member.HUB)) throw Refusal.conflict("the hub cluster cannot be removed");
    records.delete(records.find(Remembered.Type.CLUSTER, id).orElseThrow(() -> unknown(id)));
    forget(id);
  }

  private void forget(String id) {
    seen.remove(id);
    Optional.ofNullable(opened.remove(id)).ifPresent(known -> known.upstream().close());
    Optional.ofNullable(clients.remove(id)).ifPresent(known -> known.client().close());
  }

  private String randomId() {
    var id = new StringBuilder();
    for (int i = 0; i < ID_LENGTH; i++) id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    return id.toString();
  }

  @Override
  public void close() {
    hub.upstream().close();
    opened.keySet().forEach(this::forget);
    clients.keySet().forEach(this::forget);
  }
}
