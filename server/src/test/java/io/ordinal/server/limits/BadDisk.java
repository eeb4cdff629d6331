package io.ordinal.server.limits;

import io.ordinal.store.Batch;
import io.ordinal.store.Change;
import io.ordinal.store.Journal;
import io.ordinal.store.Kept;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/// A journal in memory. Once it has turned bad, one commit in twenty fails, after it was written or
/// before; and after so many commits nothing gets there any more, as after a kill.
final class BadDisk implements Journal {
  private final Random random;
  private List<Change> changes = new ArrayList<>();
  private long compacted;
  private volatile boolean bad;
  private final AtomicInteger commitsLeft = new AtomicInteger();

  BadDisk(Random random) {
    this.random = random;
  }

  void mend() {
    bad = false;
  }

  void turnBad(int commits) {
    commitsLeft.set(commits);
    bad = true;
  }

  @Override
  public Kept load() {
    return new Kept(compacted, List.copyOf(changes));
  }

  @Override
  public void append(Batch batch) throws IOException {
    if (bad && commitsLeft.getAndDecrement() <= 0) throw new IOException("the process is gone");
    var fails = bad && random.nextInt(20) == 0;
    if (!fails || random.nextBoolean()) {
      changes.addAll(batch.changes());
      compacted = batch.compacted();
    }
    if (fails) throw new IOException("the disk is bad");
  }

  @Override
  public void rewrite(Kept kept) throws IOException {
    if (bad && commitsLeft.get() <= 0) throw new IOException("the process is gone");
    changes = new ArrayList<>(kept.changes());
    compacted = kept.compacted();
  }

  @Override
  public void close() {}
}
