package io.ordinal.store.sqlite;

import io.ordinal.store.Batch;
import io.ordinal.store.Kept;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/// An open database: the writer's connection and the checkpointer's.
final class Database implements AutoCloseable {

  static final int PAGE_SIZE = 8192;

  private final Path file;
  private final Connection connection;
  private final ChangeTable table;
  private final Checkpointer checkpointer;

  private Database(Path file, Connection connection, Kept kept) throws SQLException, IOException {
    this.file = file;
    this.connection = connection;
    Sqlite.run(
        connection,
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = FULL",
        "PRAGMA wal_autocheckpoint = 0",
        "PRAGMA journal_size_limit = " + Checkpointer.MOST_BYTES);
    this.table = ChangeTable.of(connection, kept);
    this.checkpointer = Checkpointer.start(file, connection);
  }

  static Database open(Path file, Kept kept) throws IOException {
    var connection = Sqlite.connect(file);
    try {
      return new Database(file, connection, kept);
    } catch (SQLException e) {
      throw Sqlite.explained(e, file);
    }
  }

  void append(Batch batch) throws IOException {
    checkpointer.checkHealthy();
    try {
      table.append(batch);
      checkpointer.committed(batch);
    } catch (SQLException e) {
      throw Sqlite.explained(e, file);
    }
  }

  @Override
  public void close() throws IOException {
    try (connection;
        table) {
      checkpointer.close();
    } catch (SQLException e) {
      throw Sqlite.explained(e, file);
    }
  }
}
