package io.ordinal.server.registry;

import io.ordinal.server.ApiException;
import io.ordinal.server.Status;
import io.ordinal.server.registry.Answer.Many;
import io.ordinal.server.tree.Json;
import io.ordinal.store.CompactedException;
import io.ordinal.store.Entry;
import io.ordinal.store.FutureRevisionException;
import io.ordinal.store.Page;
import io.ordinal.store.Range;
import io.ordinal.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// GET and LIST (contract B4). Stored bytes are handed on as they are, unless a selector has to
/// look into them.
final class Reader {
  private static final int CHUNK = 500;
  private static final String TOO_OLD =
      "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.";

  private final Store store;

  Reader(Store store) {
    this.store = store;
  }

  byte[] get(Kind kind, Call call) {
    var target = call.target();
    refuseFuture(ListOptions.resourceVersion(call.query().first("resourceVersion")));
    return kind.shown(entry(kind, target.namespace(), target.name()).bytes());
  }

  Optional<Entry> find(String key) {
    return store.get(key);
  }

  Entry entry(Kind kind, String namespace, String name) {
    return store.get(kind.key(namespace, name)).orElseThrow(() -> Refusals.notFound(kind, name));
  }

  /// All of a selection, now.
  Many list(Selection selection) {
    return list(selection.kind(), ListOptions.now(selection));
  }

  Many list(Kind kind, ListOptions options) {
    refuseFuture(options.resourceVersion());
    var selection = options.selection();
    if (selection.isOne() && options.exactly() == 0 && options.continueToken().isEmpty()) {
      return one(kind, selection, selection.name().orElseThrow());
    }
    if (options.continueToken().isEmpty()) {
      return pages(kind, options, options.exactly(), "");
    }
    var token = ContinueToken.parse(options.continueToken());
    var after = kind.prefix() + token.after();
    return pages(kind, options, Math.max(0, token.revision()), after);
  }

  private Many one(Kind kind, Selection selection, String name) {
    var key = kind.key(selection.namespace(), name);
    var interest = Interest.of(selection);
    // Object and revision of one moment: between two looks it may be deleted, and a watch from the
    // first one's revision would tell of the end of what was never shown. The key itself is the
    // first that begins with it.
    var page = store.range(new Range(key, "", 1, 0));
    var items =
        page.entries().stream()
            .filter(entry -> entry.key().equals(key) && matches(interest, entry))
            .map(entry -> kind.shown(entry.bytes()))
            .toList();
    return many(kind, page.revision(), "", OptionalLong.empty(), items);
  }

  private Many pages(Kind kind, ListOptions options, long at, String startAfter) {
    var selection = options.selection();
    var limit = options.effectiveLimit();
    var interest = Interest.of(selection);
    var items = new ArrayList<byte[]>();
    var revision = at;
    var after = startAfter;
    while (true) {
      var page = page(kind, interest.prefix(), after, chunk(selection, limit), revision);
      revision = page.revision();
      for (var entry : page.entries()) {
        after = entry.key();
        if (!matches(interest, entry)) continue;
        items.add(kind.shown(entry.bytes()));
        if (items.size() == limit && hasMore(page, entry)) {
          var remaining =
              selection.selectsAll() ? OptionalLong.of(page.remaining()) : OptionalLong.empty();
          return many(kind, revision, token(kind, revision, after), remaining, items);
        }
      }
      if (!page.more()) return many(kind, revision, "", OptionalLong.empty(), items);
    }
  }

  private static boolean hasMore(Page page, Entry entry) {
    return page.more() || !page.entries().getLast().equals(entry);
  }

  /// Without selectors a page is exactly what was asked for; with selectors, whole chunks are
  /// looked through.
  private static int chunk(Selection selection, int limit) {
    if (limit == 0) return 0;
    return selection.selectsAll() ? limit : Math.max(limit, CHUNK);
  }

  private Page page(Kind kind, String prefix, String after, int limit, long revision) {
    try {
      return store.range(new Range(prefix, after, limit, revision));
    } catch (CompactedException e) {
      var status =
          Status.expired(
              after.isEmpty() ? "The resourceVersion for the provided list is too old." : TOO_OLD);
      throw new ApiException(
          after.isEmpty()
              ? status
              : status.continueWith(token(kind, ContinueToken.INCONSISTENT, after)));
    } catch (FutureRevisionException e) {
      throw new ApiException(Status.futureRevision(e.asked(), e.newest()));
    }
  }

  private static String token(Kind kind, long revision, String lastKey) {
    return new ContinueToken(revision, lastKey.substring(kind.prefix().length())).toString();
  }

  private static boolean matches(Interest interest, Entry entry) {
    if (!interest.matchesKey(entry.key())) return false;
    if (interest.byKey()) return true;
    var kind = interest.selection().kind();
    var object = Selectable.of(kind, kind.toShown(Json.parse(entry.bytes())));
    return interest.matches(entry.key(), object);
  }

  private void refuseFuture(long resourceVersion) {
    var current = store.revision();
    if (resourceVersion > current) {
      throw new ApiException(Status.futureRevision(resourceVersion, current));
    }
  }

  private static Many many(
      Kind kind, long revision, String token, OptionalLong remaining, List<byte[]> items) {
    return new Many(kind.apiVersion(), kind.noun().listKind(), revision, token, remaining, items);
  }
}
