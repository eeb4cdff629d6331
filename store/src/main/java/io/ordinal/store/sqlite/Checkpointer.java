package io.ordinal.store.sqlite;

import io.ordinal.store.Batch;
import io.ordinal.store.Change;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Moves what is committed from the write-ahead log into the database, on a connection and a thread
/// of its own, so that commits do not wait for it.
///
/// The log starts over only when a commit finds all of it moved, and under steady load it never
/// would. So the thread moves all but the last few pages, and the writer moves those between two
/// commits.
final class Checkpointer implements AutoCloseable {

  /// A log of this size is worth moving.
  static final long MOST_BYTES = 16 << 20;

  /// A log of this size has outrun the thread: the writer waits until it is moved.
  static final long BOUND = 4 * MOST_BYTES;

  /// So many pages the writer can move without being missed.
  private static final int FEW_PAGES = 256;

  private static final int MOST_PASSES = 4;

  private final Path file;
  private final Connection writers;
  private final Connection own;
  private final Thread thread;
  private final Semaphore wanted = new Semaphore(0);
  private final Object moving = new Object();
  private volatile @Nullable Throwable fault;
  private volatile boolean nearlyDone;
  private volatile boolean closed;
  private long logged;

  private Checkpointer(Path file, Connection writers) throws IOException, SQLException {
    this.file = file;
    this.writers = writers;
    this.own = Sqlite.connect(file);
    Sqlite.run(own, "PRAGMA wal_autocheckpoint = 0", "PRAGMA synchronous = FULL");
    this.thread = Thread.ofPlatform().name("store-checkpointer").daemon().unstarted(this::run);
  }

  static Checkpointer start(Path file, Connection writers) throws IOException, SQLException {
    var checkpointer = new Checkpointer(file, writers);
    checkpointer.thread.start();
    return checkpointer;
  }

  /// A checkpoint that failed is a database that is not trusted any more.
  void checkHealthy() throws IOException {
    switch (fault) {
      case null -> {}
      case SQLException e -> throw Sqlite.explained(e, file);
      case Throwable e -> throw new IOException(file + ": checkpoints have ended: " + e, e);
    }
  }

  /// Called by the writer, between two commits.
  void committed(Batch batch) throws SQLException {
    var before = logged;
    logged += size(batch);
    if (nearlyDone || logged >= BOUND) {
      nearlyDone = false;
      logged = 0;
      checkpoint(writers);
    } else if (before < MOST_BYTES && logged >= MOST_BYTES) {
      wanted.release();
    }
  }

  @Override
  public void close() throws SQLException {
    closed = true;
    wanted.release();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    own.close();
  }

  private void run() {
    try {
      while (!closed) {
        wanted.acquire();
        moveMost();
      }
    } catch (SQLException | RuntimeException | Error e) {
      fault = e; // the committer finds it, and writes the database anew
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void moveMost() throws SQLException {
    for (var pass = 0; pass < MOST_PASSES && !closed; pass++) {
      if (checkpoint(own) < FEW_PAGES) {
        break;
      }
    }
    nearlyDone = true;
  }

  /// Moves what can be moved, when the other of the two is not at it; answers how many pages are
  /// left.
  private int checkpoint(Connection connection) throws SQLException {
    synchronized (moving) {
      try (var statement = connection.createStatement();
          var result = statement.executeQuery("PRAGMA wal_checkpoint(PASSIVE)")) {
        return result.next() ? result.getInt(2) - result.getInt(3) : 0;
      }
    }
  }

  /// About what a batch adds to the log: its values, and pages that are written for the tables'
  /// sake.
  private static long size(Batch batch) {
    var values = batch.changes().stream().map(Change::entry).mapToLong(e -> e.bytes().length).sum();
    return values + (3L + batch.forgotten().size()) * Database.PAGE_SIZE;
  }
}
