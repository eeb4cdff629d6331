package io.ordinal.store;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// What somebody wants of the committer and waits for.
abstract sealed class Ask {

  private final Thread asker = Thread.currentThread();
  private volatile boolean answered;
  private @Nullable StoreException refusal;

  /// Waits for the answer, however long a commit takes: leaving earlier would leave the outcome
  /// unknown.
  ///
  /// @throws StoreException when it was refused
  void await() {
    var interrupted = false;
    while (!answered) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (refusal != null) {
      throw refusal;
    }
  }

  /// Waits for the answer, whatever it is.
  void awaitQuietly() {
    try {
      await();
    } catch (StoreException _) {
      // the committer has stopped already
    }
  }

  void answer() {
    answered = true;
    LockSupport.unpark(asker);
  }

  /// What was answered once stays so.
  void refuse(StoreException why) {
    if (answered) {
      return;
    }
    refusal = why;
    answer();
  }

  /// A write, to be answered when it is durable.
  static final class ToWrite extends Ask {

    private final Write write;
    private @Nullable Entry entry;
    private @Nullable ConflictException conflict;

    ToWrite(Write write) {
      this.write = write;
    }

    int size() {
      return write.value().size();
    }

    void applyTo(Draft draft) {
      try {
        entry = draft.apply(write);
      } catch (ConflictException e) {
        conflict =
            e; // with a write that is not durable yet either, so the answer has to wait for it
      }
    }

    void committed() {
      if (conflict == null) {
        answer();
      } else {
        refuse(conflict);
      }
    }

    void failed(Throwable cause) {
      refuse(
          entry == null
              ? new UnavailableException("the commit failed: " + cause.getMessage(), cause)
              : new OutcomeUnknownException("the commit failed: " + cause.getMessage(), cause));
    }

    Entry outcome() {
      await();
      if (entry == null) {
        throw new IllegalStateException("answered without an entry");
      }
      return entry;
    }
  }

  /// A compaction, to be answered when it has come so far.
  static final class ToCompact extends Ask {

    private final long revision;

    ToCompact(long revision) {
      this.revision = revision;
    }

    long revision() {
      return revision;
    }
  }

  /// The end, to be answered when everything asked before is done.
  static final class ToStop extends Ask {}
}
