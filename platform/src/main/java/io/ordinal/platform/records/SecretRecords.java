package io.ordinal.platform.records;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.ordinal.kube.Informer;
import io.ordinal.kube.Informers;
import io.ordinal.kube.ObjectKey;
import io.ordinal.kube.ResourceVersions;
import io.ordinal.kube.Scope;
import io.ordinal.platform.answer.Refusal;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the platform remembers in Secrets of the namespace `ordinal-system`, kept true by a watch.
///
/// What this process writes it sees at once, what others write (`ordinal passwd`) within the time
/// that an event takes. The newer of the two ways to know a thing wins.
final class SecretRecords implements Records {

  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  /// What is known of one name; without a record it is known to be gone.
  private record Known(long version, Optional<Remembered> record) {
    private static final Known GONE = new Known(Long.MAX_VALUE, Optional.empty());
  }

  private final KubernetesClient client;
  private final Informers informers;
  private final Informer<Secret> secrets;
  private final Map<String, Known> known = new ConcurrentHashMap<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  private SecretRecords(KubernetesClient client, InstantSource clock, RandomGenerator random) {
    this.client = client;
    this.informers = new Informers(client, clock, random);
    this.secrets = informers.of(Secret.class, Scope.namespace(NAMESPACE));
  }

  static SecretRecords asking(
      KubernetesClient client, InstantSource clock, RandomGenerator random) {
    return new SecretRecords(client, clock, random);
  }

  static SecretRecords open(KubernetesClient client, InstantSource clock, RandomGenerator random) {
    var records = new SecretRecords(client, clock, random);
    records.ensureNamespace();
    records.secrets.onChange(records::heard);
    records.informers.start();
    return records;
  }

  @Override
  public void onChange(Listener listener) {
    listeners.add(listener);
  }

  private void ensureNamespace() {
    if (client.namespaces().withName(NAMESPACE).get() != null) return;
    try {
      var fresh = new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata();
      client.resource(fresh.build()).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != CONFLICT) throw e;
    }
  }

  @Override
  public Optional<Remembered> find(Remembered.Type type, String key) {
    var name = type.nameOf(key);
    var held = known.get(name);
    if (held != null) return held.record().filter(record -> record.type() == type);
    return secrets.synced() ? Optional.empty() : ask(name).filter(r -> r.type() == type);
  }

  /// Before the first list is in, the cluster is asked.
  private Optional<Remembered> ask(String name) {
    var secret = client.secrets().inNamespace(NAMESPACE).withName(name).get();
    return Optional.ofNullable(secret).flatMap(SecretRecords::read);
  }

  @Override
  public List<Remembered> all(Remembered.Type type) {
    var records =
        secrets.synced()
            ? known.values().stream().flatMap(held -> held.record().stream())
            : listed();
    return records
        .filter(record -> record.type() == type)
        .sorted(java.util.Comparator.comparing(Remembered::name))
        .toList();
  }

  private Stream<Remembered> listed() {
    return client.secrets().inNamespace(NAMESPACE).list().getItems().stream()
        .flatMap(secret -> read(secret).stream());
  }

  @Override
  public Remembered create(Remembered record) {
    try {
      var created = client.resource(record.secret()).create();
      // Who could take the name knows that it had become free.
      known.remove(record.name(), Known.GONE);
      return wrote(created);
    } catch (KubernetesClientException e) {
      if (e.getCode() != CONFLICT) throw e;
      throw Refusal.alreadyExists(record.type().secretType(), record.key());
    }
  }

  @Override
  public Remembered update(Remembered record) {
    try {
      return wrote(client.resource(record.secret()).update());
    } catch (KubernetesClientException e) {
      if (e.getCode() != CONFLICT && e.getCode() != NOT_FOUND) throw e;
      throw Refusal.conflict("it was changed meanwhile: look again");
    }
  }

  @Override
  public void delete(Remembered record) {
    client.secrets().inNamespace(NAMESPACE).withName(record.name()).delete();
    // An event of before may still be on its way. Where its own has come, nothing is held.
    known.computeIfPresent(record.name(), (_, _) -> Known.GONE);
    tell(record, Optional.empty());
  }

  private Remembered wrote(Secret secret) {
    var record = read(secret).orElseThrow();
    tell(learn(record), record);
    return record;
  }

  /// The newer of two wins, whoever brings it; answers what was known before, if this is newer.
  private @Nullable Known learn(Remembered record) {
    var fresh = new Known(record.version(), Optional.of(record));
    var old = new Known[1];
    known.compute(
        record.name(),
        (_, held) -> {
          if (held == null ? isOver(record) : held.version() >= fresh.version()) return held;
          old[0] = held;
          return fresh;
        });
    return old[0];
  }

  /// Whether its end has been heard of before the answer to its last write came.
  private boolean isOver(Remembered record) {
    return secrets.synced()
        && secrets.position() >= record.version()
        && secrets.get(new ObjectKey(NAMESPACE, record.name())).isEmpty();
  }

  /// An event of the watch: late, perhaps, and then we know better.
  private void heard(@Nullable Secret before, @Nullable Secret after) {
    if (after == null) {
      if (before != null) vanished(before);
      return;
    }
    read(after).ifPresent(record -> tell(learn(record), record));
  }

  private void vanished(Secret last) {
    var version = ResourceVersions.of(last);
    var gone = new Known[1];
    known.computeIfPresent(
        last.getMetadata().getName(),
        (_, held) -> {
          if (held.record().isPresent() && held.version() > version) return held;
          gone[0] = held;
          return null;
        });
    if (gone[0] != null) {
      gone[0].record().ifPresent(record -> tell(record, Optional.empty()));
    }
  }

  private void tell(@Nullable Known before, Remembered after) {
    if (before != null) before.record().ifPresent(record -> tell(record, Optional.of(after)));
  }

  private void tell(Remembered before, Optional<Remembered> after) {
    listeners.forEach(listener -> listener.changed(before, after));
  }

  /// Secrets of other types are not ours.
  private static Optional<Remembered> read(Secret secret) {
    return Arrays.stream(Remembered.Type.values())
        .filter(type -> type.secretType().equals(secret.getType()))
        .findFirst()
        .map(type -> Remembered.of(secret, type));
  }

  @Override
  public void close() {
    informers.close();
  }
}
