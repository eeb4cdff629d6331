package io.ordinal.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// What many threads have done to a store and seen of it, to be held against what really happened.
///
/// Each observation knows the newest revision before it began (`lo`) and after it ended (`hi`). It
/// is linearizable when some revision in between explains it.
final class Ledger {

  sealed interface Seen {
    /// A write was acknowledged.
    record Written(Write write, long lo, long hi, Entry entry) implements Seen {}

    /// A write was refused, as a conflict.
    record Refused(Write write, long lo, long hi) implements Seen {}

    /// A key was read.
    record Read(String key, long lo, long hi, @Nullable Entry entry) implements Seen {}

    /// A prefix was listed, at any revision that was still kept.
    record Listed(String prefix, long lo, long hi, Page page) implements Seen {}

    /// A watch after a revision gave these changes and had come so far.
    record Watched(String prefix, long after, long position, List<Change> changes)
        implements Seen {}
  }

  private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
  private final Queue<Write> unknown = new ConcurrentLinkedQueue<>();

  void add(Seen observation) {
    seen.add(observation);
  }

  /// The outcome of a write was not told: it may have happened or not.
  void unknown(Write write) {
    unknown.add(write);
  }

  int size() {
    return seen.size();
  }

  /// Holds everything seen against the changes that really happened, from revision 1 on without a
  /// gap.
  void verify(List<Change> truth) {
    var model = new Model(truth);
    var explained = new HashSet<String>();
    for (var one : seen) {
      switch (one) {
        case Seen.Written w -> {
          model.checkWritten(w);
          explained.add(tag(w.write.value().head()));
        }
        case Seen.Refused r -> model.checkRefused(r);
        case Seen.Read r -> model.checkRead(r);
        case Seen.Listed l -> model.checkListed(l);
        case Seen.Watched w -> model.checkWatched(w);
      }
    }
    unknown.forEach(write -> explained.add(tag(write.value().head())));
    for (var change : truth) {
      assertThat(explained)
          .as("somebody asked for %s", change)
          .contains(tag(change.entry().bytes()));
    }
  }

  /// What tells one write from all others: its bytes up to the revision.
  private static String tag(byte[] bytes) {
    var text = new String(bytes, UTF_8);
    return text.substring(0, text.indexOf(':'));
  }

  /// All states that a store has been in.
  private static final class Model {

    private final List<Change> truth;
    private final Map<String, TreeMap<Long, Change>> byKey = new TreeMap<>();

    Model(List<Change> truth) {
      this.truth = truth;
      for (var i = 0; i < truth.size(); i++) {
        var change = truth.get(i);
        assertThat(change.revision()).as("revisions have no gap").isEqualTo(i + 1L);
        assertThat(change.previous()).as("previous of %s", change).isEqualTo(at(change.key(), i));
        byKey.computeIfAbsent(change.key(), _ -> new TreeMap<>()).put(change.revision(), change);
      }
    }

    @Nullable Entry at(String key, long revision) {
      var changes = byKey.get(key);
      var newest = changes == null ? null : changes.floorEntry(revision);
      return newest == null || newest.getValue().deleted() ? null : newest.getValue().entry();
    }

    void checkWritten(Seen.Written w) {
      var revision = w.entry.revision();
      assertThat(revision)
          .as("%s comes after what was there before it", w)
          .isBetween(w.lo + 1, w.hi);
      var change = truth.get((int) revision - 1);
      assertThat(change.entry()).as("%s is kept", w).isEqualTo(w.entry);
      assertThat(change.entry().bytes()).as("%s is kept", w).isEqualTo(w.entry.bytes());
      assertThat(change.deleted()).isEqualTo(w.write.deletes());
      assertThat(fits(w.write, revision - 1)).as("%s found what it expected", w).isTrue();
    }

    void checkRefused(Seen.Refused r) {
      var explained = LongStream.rangeClosed(r.lo, r.hi).anyMatch(at -> !fits(r.write, at));
      assertThat(explained).as("%s had a reason", r).isTrue();
    }

    void checkRead(Seen.Read r) {
      var explained =
          LongStream.rangeClosed(r.lo, r.hi).anyMatch(at -> same(r.entry, at(r.key, at)));
      assertThat(explained).as("%s was so at some time between", r).isTrue();
    }

    void checkListed(Seen.Listed l) {
      assertThat(l.page.revision()).as("%s", l).isLessThanOrEqualTo(l.hi);
      var expected = new ArrayList<Entry>();
      for (var key : byKey.keySet()) {
        var entry = at(key, l.page.revision());
        if (entry != null && key.startsWith(l.prefix)) {
          expected.add(entry);
        }
      }
      assertThat(l.page.entries()).as("list at %d", l.page.revision()).isEqualTo(expected);
    }

    void checkWatched(Seen.Watched w) {
      var expected =
          truth.stream()
              .filter(change -> change.revision() > w.after && change.revision() <= w.position)
              .filter(change -> change.key().startsWith(w.prefix))
              .toList();
      assertThat(w.changes).as("watch after %d up to %d", w.after, w.position).isEqualTo(expected);
    }

    private boolean fits(Write write, long revision) {
      var current = at(write.key(), revision);
      return switch (write.expect()) {
        case Expect.Anything _ -> !write.deletes() || current != null;
        case Expect.Absent _ -> !write.deletes() && current == null;
        case Expect.Revision(var r) -> current != null && current.revision() == r;
      };
    }

    private static boolean same(@Nullable Entry one, @Nullable Entry other) {
      return one == null ? other == null : one.equals(other);
    }
  }
}
