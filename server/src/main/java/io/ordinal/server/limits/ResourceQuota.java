package io.ordinal.server.limits;

import io.ordinal.server.registry.Admission;
import io.ordinal.server.registry.Attributes;
import io.ordinal.server.registry.Kind;
import io.ordinal.server.registry.Kinds;
import io.ordinal.server.registry.Objects;
import io.ordinal.server.registry.ObservedStore;
import io.ordinal.server.registry.Reservation;
import io.ordinal.server.registry.StoredKey;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Lets nothing in that would make a namespace use more than its quotas allow (decision 0013).
public final class ResourceQuota implements Admission {
  private final Kind kind;
  private final Objects objects;
  private final InstantSource clock;
  private final NamespaceIndex<Quota> quotas;
  private final Map<Place, Ledger> ledgers = new ConcurrentHashMap<>();

  /// What a ledger is about.
  private record Place(String group, String resource, String namespace) {}

  /// Follows the quotas of a store, and what is used of them.
  public ResourceQuota(Kinds kinds, Objects objects, ObservedStore store, InstantSource clock) {
    this.kind = kinds.get("", "resourcequotas");
    this.objects = objects;
    this.clock = clock;
    this.quotas = new NamespaceIndex<>(kind, objects, store, Quota::of);
    store.onCommit(this::committed);
  }

  @Override
  public Reservation reserve(
      Attributes about, ObjectNode object, @Nullable ObjectNode old, boolean dryRun) {
    var all = about.namespace().isEmpty() ? List.<Quota>of() : quotas.in(about.namespace());
    if (all.isEmpty()) return Reservation.NOTHING;
    var evaluator = Evaluator.of(about.kind()).filter(e -> e.handles(about)).orElse(null);
    if (evaluator == null) return Reservation.NOTHING;
    if (limiting(about, evaluator).isEmpty()) return Reservation.NOTHING;
    return ledgers
        .computeIfAbsent(
            new Place(about.kind().group(), about.kind().resource(), about.namespace()),
            place -> new Ledger(evaluator, about.kind(), place.namespace(), objects, clock))
        .reserve(() -> limiting(about, evaluator), about, object, old, dryRun);
  }

  private List<Quota> limiting(Attributes about, Evaluator evaluator) {
    return quotas.in(about.namespace()).stream().filter(q -> q.limits(evaluator)).toList();
  }

  /// Hears of a commit after the index of quotas has.
  private void committed(StoredKey key) {
    if (ledgers.isEmpty()) return;
    var ledger = ledgers.get(new Place(key.group(), key.resource(), key.namespace()));
    if (ledger != null) ledger.look(key.name());
    if (key.isOf(kind) && quotas.in(key.namespace()).isEmpty()) {
      ledgers.keySet().removeIf(place -> place.namespace().equals(key.namespace()));
    }
  }
}
