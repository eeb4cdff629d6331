package io.ordinal.store;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The only thread that changes a durable store. Writers queue up while it is busy with the disk,
/// so batches form by themselves and share one commit. Compaction rides along in small steps.
///
/// ```
/// asks → draft of the next image → journal (durable) → published image → answers
/// ```
final class Committer implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(Committer.class);

  private static final int MOST_WRITES = 512;
  private static final int MOST_BYTES = 8 << 20;
  private static final int COMPACTION_STEP = 1024;
  private static final int MOST_FORGOTTEN = 256;
  private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(5);

  private final Journal journal;
  private final Clock clock;
  private final History history;
  private final Published published;
  private final BlockingQueue<Ask> inbox = new LinkedBlockingQueue<>();
  private final Deque<Long> toForget;
  private final FaultHandler faults;
  private final List<Ask.ToWrite> writes = new ArrayList<>();
  private final List<Ask.ToCompact> compactions = new ArrayList<>();
  private volatile @Nullable String ended;

  private volatile @Nullable Throwable fault;
  private Instant lastMend = Instant.MIN;
  private Duration backOff = Duration.ZERO;

  /// @param superfluous revisions that the journal still holds and need not
  Committer(
      Journal journal,
      Retention retention,
      Clock clock,
      Published published,
      List<Long> superfluous,
      FaultHandler faults) {
    this.journal = journal;
    this.clock = clock;
    this.history = new History(retention, published.image());
    this.published = published;
    this.toForget = new ArrayDeque<>(superfluous);
    this.faults = faults;
  }

  /// Hands something over; to be awaited.
  void submit(Ask ask) {
    inbox.add(ask);
    if (ended != null) {
      refuseAll();
    }
  }

  /// Why nothing can be written for now.
  Optional<String> problem() {
    var cause = fault;
    return cause == null ? Optional.empty() : Optional.of(String.valueOf(cause.getMessage()));
  }

  @Override
  public void run() {
    try {
      commitUntilStopped().answer();
      end("the store is closed");
    } catch (RuntimeException | Error e) {
      writes.forEach(ask -> ask.failed(e)); // nobody else answers those who wait
      end("the store has ended: " + e);
      faults.ended("committing writes", e);
    }
  }

  private Ask.ToStop commitUntilStopped() {
    while (true) {
      writes.clear();
      var stop = collect();
      if (isUsable()) {
        commit();
      } else {
        refuse();
      }
      answerCompactions();
      if (stop != null) {
        return stop;
      }
    }
  }

  private void end(String why) {
    ended = why;
    compactions.forEach(ask -> ask.refuse(new UnavailableException(why)));
    refuseAll();
  }

  /// Waits for something to do and takes all that fits into one commit.
  private Ask.@Nullable ToStop collect() {
    var bytes = 0L;
    var ask = next(patience().toMillis());
    while (ask != null) {
      switch (ask) {
        case Ask.ToStop stop -> {
          return stop;
        }
        case Ask.ToCompact compact -> compactions.add(compact);
        case Ask.ToWrite write -> {
          writes.add(write);
          bytes += write.size();
        }
      }
      ask = writes.size() < MOST_WRITES && bytes < MOST_BYTES ? inbox.poll() : null;
    }
    return null;
  }

  private @Nullable Ask next(long millis) {
    try {
      return inbox.poll(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return inbox.poll(); // nobody has a reason to interrupt this thread; it ends when asked to
    }
  }

  /// How long to wait for a write before something else is due.
  private Duration patience() {
    if (!compactions.isEmpty()) {
      return Duration.ofMillis(1);
    }
    if (!toForget.isEmpty()) {
      return Duration.ofMillis(20);
    }
    return fault == null ? Duration.ofSeconds(10) : Duration.ofSeconds(1);
  }

  private void commit() {
    var before = published.image();
    var draft = new Draft(before);
    try {
      writes.forEach(ask -> ask.applyTo(draft));
      draft.compact(target(before));
      append(before, draft);
    } catch (IOException | RuntimeException | Error e) {
      broken(e);
      writes.forEach(ask -> ask.failed(e));
      return;
    }
    var after = draft.image();
    history.added(draft.changes());
    history.compacted(before, after);
    published.publish(after);
    writes.forEach(Ask.ToWrite::committed);
  }

  private void append(Image before, Draft draft) throws IOException {
    var forget = new ArrayList<Long>();
    while (!toForget.isEmpty() && forget.size() < MOST_FORGOTTEN + 2 * draft.changes().size()) {
      forget.add(toForget.remove());
    }
    if (draft.isChangedSince(before) || !forget.isEmpty()) {
      journal.append(new Batch(draft.changes(), draft.image().compacted(), forget));
      toForget.addAll(draft.forgotten());
    }
  }

  private long target(Image image) {
    var asked = compactions.stream().mapToLong(Ask.ToCompact::revision).max().orElse(0);
    var usual = history.target(image, clock.instant(), COMPACTION_STEP);
    var wanted = Math.max(usual, Math.min(asked, image.compacted() + COMPACTION_STEP));
    return Math.min(
        wanted, published.watches().announced()); // idle watches have to hear of it before
  }

  private void answerCompactions() {
    compactions.removeIf(ask -> {
      var image = published.image();
      var reached = image.compacted() >= Math.min(ask.revision(), image.revision());
      if (reached) {
        ask.answer();
      } else if (fault != null) {
        ask.refuse(unavailable(fault));
      }
      return reached || fault != null;
    });
  }

  private void broken(Throwable cause) {
    log.warn("Writes stop: {}", cause.getMessage());
    fault = cause;
    lastMend = Instant.MIN;
    backOff = Duration.ZERO;
  }

  /// Whether the journal can be written to, after trying to mend it when it is time to try again.
  private boolean isUsable() {
    if (fault == null) {
      return true;
    }
    var now = clock.instant();
    var tooEarly = !now.isBefore(lastMend) && now.isBefore(lastMend.plus(backOff));
    if (!tooEarly) {
      mend(now);
    }
    return fault == null;
  }

  private void mend(Instant now) {
    try {
      var image = published.image();
      journal.rewrite(new Kept(image.compacted(), image.kept()));
      toForget.clear();
      fault = null;
      log.info("Writes go on at revision {}", image.revision());
    } catch (IOException | RuntimeException | Error e) {
      fault = e;
      lastMend = now;
      backOff = backOff.isZero() ? Duration.ofMillis(100) : backOff.multipliedBy(2);
      backOff = backOff.compareTo(LONGEST_BACK_OFF) > 0 ? LONGEST_BACK_OFF : backOff;
    }
  }

  private void refuse() {
    var cause = fault;
    if (cause != null) {
      writes.forEach(ask -> ask.refuse(unavailable(cause)));
    }
  }

  private static UnavailableException unavailable(Throwable cause) {
    return new UnavailableException("writes are refused for now: " + cause.getMessage(), cause);
  }

  private void refuseAll() {
    for (var ask = inbox.poll(); ask != null; ask = inbox.poll()) {
      ask.refuse(new UnavailableException(String.valueOf(ended)));
    }
  }
}
