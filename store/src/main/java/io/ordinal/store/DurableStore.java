package io.ordinal.store;

import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/// The store on a [Journal]: everything is read from memory, a write is answered when the journal
/// has it.
///
/// When the journal fails (a full disk, an I/O error), writes are refused with the reason while
/// reads and watches go on. The journal is then written anew from memory, as often as it takes, and
/// writes resume.
public final class DurableStore implements Store {

  private final Journal journal;
  private final Published published;
  private final Committer committer;
  private final Thread thread;

  private DurableStore(Journal journal, Published published, Committer committer) {
    this.journal = journal;
    this.published = published;
    this.committer = committer;
    this.thread = Thread.ofPlatform().name("store-committer").daemon().unstarted(committer);
  }

  /// Loads what the journal holds and starts to write to it; closing the store closes the journal.
  ///
  /// @param faults told when a thread of the store has ended for good
  /// @throws DamagedException when the journal is not as it was left
  public static DurableStore open(
      Journal journal, Retention retention, Clock clock, FaultHandler faults) throws IOException {
    var draft = Draft.of(journal.load());
    var published = new Published(draft.image(), faults);
    var committer = new Committer(journal, retention, clock, published, draft.forgotten(), faults);
    var store = new DurableStore(journal, published, committer);
    published.start();
    store.thread.start();
    return store;
  }

  @Override
  public long revision() {
    return published.image().revision();
  }

  @Override
  public long compactedRevision() {
    return published.image().compacted();
  }

  @Override
  public Optional<Entry> get(String key) {
    return Optional.ofNullable(published.image().get(key));
  }

  @Override
  public Page range(Range range) {
    return published.image().range(range);
  }

  @Override
  public Entry put(String key, Value value, Expect expect) {
    return write(Write.put(key, value, expect));
  }

  @Override
  public Entry delete(String key, Value last, Expect expect) {
    return write(Write.delete(key, last, expect));
  }

  @Override
  public Watch watch(String prefix, long after) {
    return published.watches().open(prefix, after);
  }

  @Override
  public void compact(long revision) {
    var ask = new Ask.ToCompact(revision);
    committer.submit(ask);
    ask.await();
  }

  @Override
  public Optional<String> problem() {
    return committer.problem();
  }

  @Override
  public void close() {
    if (thread.isAlive()) {
      var stop = new Ask.ToStop();
      committer.submit(stop);
      stop.awaitQuietly();
    }
    published.close();
    journal.close();
  }

  private Entry write(Write write) {
    published.image().check(write); // what is bound to fail need not wait for a commit
    var ask = new Ask.ToWrite(write);
    committer.submit(ask);
    return ask.outcome();
  }
}
