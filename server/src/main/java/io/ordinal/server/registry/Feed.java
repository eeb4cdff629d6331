package io.ordinal.server.registry;

import io.ordinal.server.Status;
import io.ordinal.server.registry.Selection.Term;
import io.ordinal.server.tree.Json;
import io.ordinal.server.tree.Tree;
import io.ordinal.store.CompactedException;
import io.ordinal.store.Store;
import io.ordinal.store.StoreException;
import io.ordinal.store.Watch;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The changes of one kind, handed to all who watch it. A change is decoded at most once, and only
/// when somebody's selector needs to look into it. Subscriptions lie under the value that they ask
/// a field to have, so a change of one pod does not touch the forty-nine nodes that it does not run
/// on.
final class Feed implements AutoCloseable {
  private final Kind kind;
  private final Store store;
  private final Executor pumps;
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final Map<String, Map<String, Set<FeedSubscription>>> byField = new HashMap<>();
  private @Nullable Watch watch;
  private long position;

  Feed(Kind kind, Store store, Executor pumps) {
    this.kind = kind;
    this.store = store;
    this.pumps = pumps;
  }

  /// The initial events, then every change after a revision.
  ///
  /// @throws CompactedException when those changes are forgotten
  synchronized FeedSubscription subscribe(
      Selection selection, long after, List<WatchEvent> initial) {
    if (watch == null) start(after);
    var subscription = new FeedSubscription(this, selection, after);
    initial.forEach(subscription::offer);
    if (after < position) catchUp(subscription, after);
    place(selection.term()).add(subscription);
    return subscription;
  }

  private void start(long after) {
    var opened = store.watch(kind.prefix(), after);
    position = after;
    watch = opened;
    opened.onWake(this::schedule);
  }

  /// What the feed has handed out already and a newcomer has not seen.
  private void catchUp(FeedSubscription subscription, long after) {
    try (var history = store.watch(kind.prefix(), after)) {
      for (var change = history.poll(); change != null; change = history.poll()) {
        if (change.revision() > position) return;
        subscription.offer(new FeedChange(kind, change));
      }
    }
  }

  private Set<FeedSubscription> place(Term term) {
    return byField
        .computeIfAbsent(term.field(), f -> new HashMap<>())
        .computeIfAbsent(term.value(), v -> new LinkedHashSet<>());
  }

  private void schedule() {
    if (scheduled.compareAndSet(false, true)) pumps.execute(this::pump);
  }

  /// Hands out what the store has ready. Never waits.
  private synchronized void pump() {
    scheduled.set(false);
    var from = watch;
    if (from == null) return;
    try {
      for (var change = from.poll(); change != null; change = from.poll()) {
        handOut(new FeedChange(kind, change));
      }
      position = Math.max(position, from.position());
    } catch (StoreException e) {
      endAll(e);
    }
  }

  private void handOut(FeedChange change) {
    position = change.revision();
    for (var field : byField.entrySet()) {
      var now = change.value(field.getKey());
      offer(field.getValue().get(now), change);
      var before = change.valueBefore(field.getKey());
      if (!before.equals(now)) offer(field.getValue().get(before), change);
    }
  }

  private static void offer(@Nullable Set<FeedSubscription> subscriptions, FeedChange change) {
    if (subscriptions == null) return;
    for (var subscription : List.copyOf(subscriptions)) subscription.offer(change);
  }

  /// The store has ended, or the feed was left behind: all watchers have to start anew.
  private void endAll(StoreException why) {
    var message = String.valueOf(why.getMessage());
    var status =
        why instanceof CompactedException ? Status.expired(message) : Status.unavailable(message);
    var event = new WatchEvent(WatchEvent.Type.ERROR, status.json());
    for (var places : byField.values()) {
      for (var place : places.values()) place.forEach(s -> s.offer(event));
    }
    byField.clear();
    close();
  }

  /// The revision up to which a subscription has taken everything.
  synchronized long position(FeedSubscription subscription) {
    pump();
    return subscription.positionIn(position);
  }

  synchronized void remove(FeedSubscription subscription) {
    var term = subscription.selection().term();
    var places = byField.get(term.field());
    var place = places == null ? null : places.get(term.value());
    if (places == null || place == null) return;
    place.remove(subscription);
    if (place.isEmpty()) places.remove(term.value());
    if (places.isEmpty()) byField.remove(term.field());
    if (byField.isEmpty()) close();
  }

  @Override
  public synchronized void close() {
    if (watch != null) watch.close();
    watch = null;
  }

  /// An event that only moves a watcher's revision on.
  static WatchEvent bookmark(Kind kind, long revision, boolean endOfInitialEvents) {
    var object = Tree.object("kind", kind.gvk().kind()).put("apiVersion", kind.apiVersion());
    var metadata = object.putObject("metadata").put("resourceVersion", Long.toString(revision));
    if (endOfInitialEvents)
      metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
    return new WatchEvent(WatchEvent.Type.BOOKMARK, Json.write(object));
  }
}
