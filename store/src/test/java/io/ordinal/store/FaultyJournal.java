package io.ordinal.store;

import java.io.IOException;
import java.util.random.RandomGenerator;

/// A journal on a bad disk: some commits fail, before or after everything was written, and some
/// mends too.
final class FaultyJournal implements Journal {

  private final Journal journal;
  private final RandomGenerator random;
  private final double badness;
  private int lifetime;
  private boolean broken;

  /// @param lifetime after so many commits nothing arrives any more, as if the process had been
  ///   killed
  FaultyJournal(Journal journal, RandomGenerator random, double badness, int lifetime) {
    this.journal = journal;
    this.random = random;
    this.badness = badness;
    this.lifetime = lifetime;
  }

  @Override
  public Kept load() throws IOException {
    return journal.load();
  }

  @Override
  public void append(Batch batch) throws IOException {
    if (broken) {
      throw new AssertionError("appended to a journal that had failed");
    }
    lifetime--;
    maybeFail("before the commit");
    journal.append(batch);
    maybeFail("after the commit");
  }

  @Override
  public void rewrite(Kept kept) throws IOException {
    maybeFail("before the rewriting");
    journal.rewrite(kept);
    broken = false;
  }

  @Override
  public void close() {
    journal.close();
  }

  private void maybeFail(String when) throws IOException {
    if (lifetime < 0 || random.nextDouble() < badness) {
      broken = true;
      throw new IOException("no space left, " + when);
    }
  }
}
