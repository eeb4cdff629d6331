package io.ordinal.server.registry;

import io.ordinal.server.ApiException;
import io.ordinal.server.Status;
import io.ordinal.server.registry.Selection.Term;
import io.ordinal.server.tree.Json;
import io.ordinal.server.tree.Tree;
import io.ordinal.store.CompactedException;
import io.ordinal.store.Store;
import io.ordinal.store.StoreException;
import io.ordinal.store.Watch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The changes of one kind, handed to all who watch it. A change is decoded at most once, and only
/// when somebody's selector needs to look into it. Subscriptions lie under the value that they ask
/// a field to have, so a change of one pod does not touch the forty-nine nodes that it does not run
/// on.
///
/// Who comes late reads what it missed by itself, while the feed goes on; only the last few changes
/// are read in the feed's lock. So a thousand watchers that come back at once delay nobody else.
final class Feed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

  private final Kind kind;
  private final Store store;
  private final Executor pumps;
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final Map<String, Map<String, List<FeedSubscription>>> byField = new HashMap<>();
  private final FeedMemory memory = new FeedMemory();
  private @Nullable Watch watch;
  private long position;
  private boolean closed;

  Feed(Kind kind, Store store, Executor pumps) {
    this.kind = kind;
    this.store = store;
    this.pumps = pumps;
  }

  /// The initial events, then every change after a revision.
  ///
  /// @throws CompactedException when those changes are forgotten
  FeedSubscription subscribe(Selection selection, long after, List<WatchEvent> initial) {
    var subscription = new FeedSubscription(this, selection, after, initial);
    var own = new FeedMemory();
    catchUp(subscription, own);
    join(subscription, own);
    return subscription;
  }

  private synchronized void join(FeedSubscription subscription, FeedMemory own) {
    if (closed) throw new ApiException(Status.unavailable("the API server stops"));
    catchUp(subscription, own);
    place(subscription.selection().term()).add(subscription);
    if (watch == null) start(subscription.seen());
  }

  /// What has happened up to now and the newcomer has not seen. A watch that is opened here sees
  /// every commit, while one that was idle learns of it later than the feed may.
  private void catchUp(FeedSubscription subscription, FeedMemory own) {
    try (var missed = store.watch(kind.prefix(), subscription.seen())) {
      for (var next = missed.poll(); next != null; next = missed.poll()) {
        var change = new FeedChange(kind, next, own);
        subscription.offer(change);
        change.seenByAll();
      }
      subscription.seenUpTo(missed.position());
    }
  }

  private void start(long after) {
    var opened = store.watch(kind.prefix(), after);
    position = after;
    watch = opened;
    opened.onWake(this::schedule);
  }

  private List<FeedSubscription> place(Term term) {
    return byField
        .computeIfAbsent(term.field(), f -> new HashMap<>())
        .computeIfAbsent(term.value(), v -> new CopyOnWriteArrayList<>());
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
        handOut(new FeedChange(kind, change, memory));
      }
      position = Math.max(position, from.position());
    } catch (CompactedException e) {
      endAll(Status.expired(String.valueOf(e.getMessage())));
    } catch (StoreException e) {
      endAll(Status.unavailable(String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      // a change that was taken and not handed out must not be missed in silence
      LOG.error("A change of {} could not be handed to its watchers", kind.resource(), e);
      endAll(Status.internal("a change could not be handed out, watch again"));
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
    change.seenByAll();
  }

  private static void offer(@Nullable List<FeedSubscription> subscriptions, FeedChange change) {
    if (subscriptions == null) return;
    for (var subscription : subscriptions) subscription.offer(change);
  }

  /// All watchers have to start anew.
  private void endAll(Status why) {
    var event = new WatchEvent(WatchEvent.Type.ERROR, why.json());
    for (var places : byField.values()) {
      for (var place : places.values()) place.forEach(s -> s.end(event));
    }
    byField.clear();
    stop();
  }

  private void stop() {
    if (watch != null) watch.close();
    watch = null;
    memory.clear();
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
    if (byField.isEmpty()) stop();
  }

  /// Hands out what there is, and ends all watches: what is served has become another.
  synchronized void retire() {
    pump();
    closed = true;
    endAll(Status.expired("the definition of " + kind.resource() + " has changed"));
  }

  /// Ends all watches with a status, and lets no new ones begin.
  @Override
  public synchronized void close() {
    closed = true;
    endAll(Status.unavailable("the API server stops"));
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
