package io.ordinal.server.limits;

import static java.util.Objects.requireNonNull;

import io.ordinal.schema.Quantity;
import io.ordinal.server.registry.Attributes;
import io.ordinal.server.registry.Kind;
import io.ordinal.server.registry.Metadata;
import io.ordinal.server.registry.Objects;
import io.ordinal.server.registry.Refusals;
import io.ordinal.server.registry.Reservation;
import io.ordinal.server.tree.Tree;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What the objects of one kind in one namespace use of its quotas. It is read from the store when
/// it is first needed and kept true by commits; nothing of it is written down, so that a server
/// that died cannot have left it wrong.
///
/// A write that is let in is held here until its commit is heard of. Under the one lock, stored and
/// held together are exactly what has been let in and is not gone, whoever else writes meanwhile:
///
/// ```
/// admitted → hold          commit → usage instead of the hold          failed → nothing
/// ```
final class Ledger {
  private final Evaluator evaluator;
  private final Kind kind;
  private final String namespace;
  private final Objects objects;
  private final InstantSource clock;
  private final Map<String, Tally> tallies = new LinkedHashMap<>();
  private final Map<String, Charge> charges = new HashMap<>();
  private final Map<String, List<Hold>> holds = new HashMap<>();
  private final Queue<Ending> endings = new PriorityQueue<>(Comparator.comparing(Ending::at));
  private List<Quota> known = List.of();

  /// What one stored object uses, and of which quotas.
  private record Charge(Map<String, Quantity> amounts, List<Tally> of) {}

  /// When an object that is there still stops to count.
  private record Ending(Instant at, String name) {}

  Ledger(Evaluator evaluator, Kind kind, String namespace, Objects objects, InstantSource clock) {
    this.evaluator = evaluator;
    this.kind = kind;
    this.namespace = namespace;
    this.objects = objects;
    this.clock = clock;
  }

  /// Holds what a write is going to use.
  ///
  /// @param quotas of the namespace that limit anything of this kind, as they are by then
  /// @throws io.ordinal.server.ApiException 403 when a quota does not allow it
  synchronized Reservation reserve(
      Supplier<List<Quota>> quotas,
      Attributes about,
      ObjectNode object,
      @Nullable ObjectNode old,
      boolean dryRun) {
    follow(quotas.get());
    forgetEnded();
    var concerned =
        tallies.values().stream().filter(t -> t.quota().covers(evaluator, object)).toList();
    if (concerned.isEmpty()) return Reservation.NOTHING;
    for (var tally : concerned) demand(tally, about, object);
    var now = clock.instant();
    var usage = evaluator.usage(object, now);
    var before = old == null ? Map.<String, Quantity>of() : evaluator.usage(old, now);
    var wanted = new LinkedHashMap<String, Map<String, Quantity>>();
    for (var tally : concerned) {
      var counted = old != null && tally.quota().covers(evaluator, old);
      var more = more(usage, counted ? before : Map.of());
      var refusal = tally.refusal(more);
      if (!refusal.isEmpty()) throw Refusals.forbidden(kind, about.name(), refusal);
      if (!more.isEmpty()) wanted.put(tally.quota().name(), more);
    }
    if (dryRun || wanted.isEmpty()) return Reservation.NOTHING;
    var revision = old == null ? 0 : revision(old);
    var hold = new Hold(this, Metadata.uid(object), revision, wanted);
    holds.computeIfAbsent(hold.uid(), uid -> new ArrayList<>(1)).add(hold);
    take(hold);
    return hold;
  }

  private void demand(Tally tally, Attributes about, ObjectNode object) {
    var missing = evaluator.missing(tally.quota().hard().keySet(), object);
    if (missing.isEmpty()) return;
    throw Refusals.forbidden(
        kind, about.name(), "failed quota: " + tally.quota().name() + ": " + missing);
  }

  /// What an object uses more than the one that it replaces.
  private static Map<String, Quantity> more(
      Map<String, Quantity> usage, Map<String, Quantity> before) {
    var more = new TreeMap<>(usage);
    Amounts.subtract(more, before);
    more.values().removeIf(amount -> amount.signum() <= 0);
    return more;
  }

  /// Something has become of an object.
  synchronized void look(String name) {
    if (known.isEmpty()) return;
    var before = charges.remove(name);
    if (before != null) before.of().forEach(tally -> tally.giveBack(before.amounts()));
    objects.find(kind, namespace, name).ifPresent(this::charge);
  }

  private void charge(ObjectNode object) {
    var name = Metadata.name(object);
    var now = clock.instant();
    var amounts = evaluator.usage(object, now);
    var of = tallies.values().stream().filter(t -> t.quota().covers(evaluator, object)).toList();
    of.forEach(tally -> tally.take(amounts));
    charges.put(name, new Charge(amounts, of));
    var end = evaluator.usesLessAfter(object);
    if (!now.isAfter(end) && end.isBefore(Instant.MAX)) endings.add(new Ending(end, name));
    for (var hold : List.copyOf(holds.getOrDefault(Metadata.uid(object), List.of()))) {
      if (hold.revision() < revision(object)) release(hold);
    }
  }

  private static long revision(ObjectNode object) {
    var version = Tree.text(object, "metadata", "resourceVersion");
    return version.isEmpty() ? 0 : Long.parseLong(version);
  }

  /// The write of a hold is over.
  synchronized void release(Hold hold) {
    var ofObject = holds.get(hold.uid());
    if (ofObject == null || !ofObject.remove(hold)) return;
    if (ofObject.isEmpty()) holds.remove(hold.uid());
    hold.amounts()
        .forEach((quota, amounts) -> {
          var tally = tallies.get(quota);
          if (tally != null) tally.giveBack(amounts);
        });
  }

  private void take(Hold hold) {
    hold.amounts()
        .forEach((quota, amounts) -> {
          var tally = tallies.get(quota);
          if (tally != null) tally.take(amounts);
        });
  }

  private void forgetEnded() {
    var now = clock.instant();
    for (var next = endings.peek(); next != null && now.isAfter(next.at()); next = endings.peek()) {
      endings.remove();
      look(next.name());
    }
  }

  /// Counts anew when there are other quotas than before, or they are about other objects.
  private void follow(List<Quota> quotas) {
    if (quotas.equals(known)) return;
    if (coversTheSame(quotas)) {
      for (var quota : quotas) tallyOf(quota).allows(quota);
      known = quotas;
      return;
    }
    known = quotas;
    tallies.clear();
    charges.clear();
    endings.clear();
    for (var quota : quotas) tallies.put(quota.name(), new Tally(quota));
    holds.values().forEach(some -> some.forEach(this::take));
    objects.list(kind, namespace).forEach(this::charge);
  }

  private Tally tallyOf(Quota quota) {
    return requireNonNull(tallies.get(quota.name()));
  }

  private boolean coversTheSame(List<Quota> quotas) {
    if (quotas.size() != known.size()) return false;
    for (var i = 0; i < quotas.size(); i++) {
      if (!quotas.get(i).coversTheSameAs(known.get(i))) return false;
    }
    return true;
  }
}
