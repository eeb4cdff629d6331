package io.ordinal.server.registry;

import io.ordinal.server.ApiException;
import io.ordinal.server.Status;
import io.ordinal.store.CompactedException;
import io.ordinal.store.FutureRevisionException;
import io.ordinal.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/// WATCH (contract B5): one [Feed] per kind, and what a watch shows before the changes.
final class Feeds implements AutoCloseable {
  private final Store store;
  private final Reader reader;
  private final Executor pumps;
  private final Map<Kind, Feed> feeds = new ConcurrentHashMap<>();

  /// Feeds are moved on by `pumps` when the store has changed.
  Feeds(Store store, Reader reader, Executor pumps) {
    this.store = store;
    this.reader = reader;
    this.pumps = pumps;
  }

  Subscription watch(Kind kind, ListOptions options) {
    var version = options.resourceVersion();
    var current = store.revision();
    if (version > current) throw new ApiException(Status.futureRevision(version, current));
    if (options.sendInitialEvents()) return fromState(kind, options.selection(), true);
    return version <= 0
        ? fromState(kind, options.selection(), false)
        : fromRevision(kind, options.selection(), version);
  }

  private Subscription fromRevision(Kind kind, Selection selection, long revision) {
    try {
      return feed(kind).subscribe(selection, revision, List.of());
    } catch (CompactedException e) {
      throw new ApiException(
          Status.expired("too old resource version: " + e.asked() + " (" + e.compacted() + ")"));
    } catch (FutureRevisionException e) {
      throw new ApiException(Status.futureRevision(e.asked(), e.newest()));
    }
  }

  private Subscription fromState(Kind kind, Selection selection, boolean endMarker) {
    var state = reader.list(selection);
    var events = new ArrayList<WatchEvent>(state.items().size() + 1);
    for (var item : state.items()) events.add(new WatchEvent(WatchEvent.Type.ADDED, item));
    if (endMarker) events.add(Feed.bookmark(kind, state.resourceVersion(), true));
    return feed(kind).subscribe(selection, state.resourceVersion(), events);
  }

  private Feed feed(Kind kind) {
    return feeds.computeIfAbsent(kind, k -> new Feed(k, store, pumps));
  }

  /// Ends the watches of a kind that is no longer served in this form.
  void retire(Kind kind) {
    var feed = feeds.remove(kind);
    if (feed != null) feed.retire();
  }

  @Override
  public void close() {
    feeds.values().forEach(Feed::close);
  }
}
