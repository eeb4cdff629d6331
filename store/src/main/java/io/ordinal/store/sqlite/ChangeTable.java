package io.ordinal.store.sqlite;

import io.ordinal.store.Batch;
import io.ordinal.store.Change;
import io.ordinal.store.DamagedException;
import io.ordinal.store.Entry;
import io.ordinal.store.Kept;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/// The tables of a database: one row per kept change, and one row that says how many those are.
///
/// | what could go wrong | how it is noticed |
/// |---------------------|-------------------|
/// | bytes of a row changed | its checksum, over all of its columns |
/// | a row above the compacted revision is missing | a gap in the revisions |
/// | a row at or below it is missing | the number of rows |
/// | the end is missing | the [Witness] |
final class ChangeTable implements AutoCloseable {

  private final PreparedStatement begin;
  private final PreparedStatement commit;
  private final PreparedStatement insert;
  private final PreparedStatement delete;
  private final PreparedStatement update;
  private long rows;

  private ChangeTable(Connection connection, long rows) throws SQLException {
    this.rows = rows;
    this.begin = connection.prepareStatement("BEGIN IMMEDIATE");
    this.commit = connection.prepareStatement("COMMIT");
    this.insert = connection.prepareStatement("INSERT INTO changes VALUES (?, ?, ?, ?, ?, ?)");
    this.delete = connection.prepareStatement("DELETE FROM changes WHERE revision = ?");
    this.update =
        connection.prepareStatement("UPDATE state SET compacted = ?, rows = ?, checksum = ?");
  }

  /// Makes the tables in an empty database.
  static ChangeTable create(Connection connection) throws SQLException {
    Sqlite.run(
        connection,
        "PRAGMA application_id = " + Sqlite.APPLICATION,
        "PRAGMA user_version = " + Sqlite.FORMAT,
        "CREATE TABLE changes (revision INTEGER PRIMARY KEY, created INTEGER NOT NULL, deleted INTEGER"
            + " NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, checksum INTEGER NOT NULL)",
        "CREATE TABLE state (compacted INTEGER NOT NULL, rows INTEGER NOT NULL, checksum INTEGER NOT"
            + " NULL)",
        "INSERT INTO state VALUES (0, 0, " + checksum(0, 0) + ")");
    return new ChangeTable(connection, 0);
  }

  /// The tables of a database whose content was read before.
  static ChangeTable of(Connection connection, Kept kept) throws SQLException {
    return new ChangeTable(connection, kept.changes().size());
  }

  /// Writes a batch in one transaction and commits it.
  void append(Batch batch) throws SQLException {
    begin.execute();
    for (var change : batch.changes()) {
      insert(change);
    }
    for (var revision : batch.forgotten()) {
      delete.setLong(1, revision);
      rows -= delete.executeUpdate();
    }
    rows += batch.changes().size();
    update.setLong(1, batch.compacted());
    update.setLong(2, rows);
    update.setLong(3, checksum(batch.compacted(), rows));
    update.executeUpdate();
    commit.execute();
  }

  private void insert(Change change) throws SQLException {
    var entry = change.entry();
    insert.setLong(1, entry.revision());
    insert.setLong(2, entry.createRevision());
    insert.setBoolean(3, change.deleted());
    insert.setString(4, entry.key());
    insert.setBytes(5, entry.bytes());
    insert.setLong(6, checksum(change));
    insert.executeUpdate();
  }

  /// Reads and verifies all rows.
  ///
  /// @param named what the user calls the file
  static Kept read(Connection connection, Path named) throws SQLException {
    var changes = new ArrayList<Change>();
    try (var statement = connection.createStatement()) {
      var compacted = 0L;
      var rows = 0L;
      try (var state = statement.executeQuery("SELECT compacted, rows, checksum FROM state")) {
        if (!state.next() || state.getLong(3) != checksum(state.getLong(1), state.getLong(2))) {
          throw damaged(named, "its first table is not as it was written");
        }
        compacted = state.getLong(1);
        rows = state.getLong(2);
      }
      try (var results = statement.executeQuery("SELECT * FROM changes ORDER BY revision")) {
        while (results.next()) {
          changes.add(verified(results, compacted, changes, named));
        }
      }
      if (changes.size() != rows) {
        throw damaged(named, "it holds %d rows instead of %d".formatted(changes.size(), rows));
      }
      return new Kept(compacted, changes);
    }
  }

  private static Change verified(ResultSet row, long compacted, List<Change> before, Path named)
      throws SQLException {
    var revision = row.getLong(1);
    var key = row.getString(4);
    var value = row.getBytes(5);
    if (key == null || value == null) {
      throw damaged(named, "revision " + revision + " is not as it was written");
    }
    var change =
        new Change(row.getBoolean(3), new Entry(key, value, row.getLong(2), revision), null);
    if (row.getLong(6) != checksum(change)) {
      throw damaged(named, "revision " + revision + " is not as it was written (checksum)");
    }
    var expected = Math.max(compacted, before.isEmpty() ? 0 : before.getLast().revision()) + 1;
    if (revision > compacted && revision != expected) {
      throw damaged(named, "revision " + expected + " is missing");
    }
    return change;
  }

  static DamagedException damaged(Path named, String what) {
    return new DamagedException(
        named
            + ": damaged, "
            + what
            + ". Restore a backup into an empty folder; keep this file until then");
  }

  private static long checksum(Change change) {
    var entry = change.entry();
    var key = entry.key().getBytes(StandardCharsets.UTF_8);
    var crc = new CRC32C();
    crc.update(
        ByteBuffer.allocate(25)
            .putLong(entry.revision())
            .putLong(entry.createRevision())
            .put((byte) (change.deleted() ? 1 : 0))
            .putLong(key.length)
            .flip());
    crc.update(key);
    crc.update(entry.bytes());
    return crc.getValue();
  }

  private static long checksum(long compacted, long rows) {
    var crc = new CRC32C();
    crc.update(ByteBuffer.allocate(16).putLong(compacted).putLong(rows).flip());
    return crc.getValue();
  }

  @Override
  public void close() throws SQLException {
    for (var statement : List.of(begin, commit, insert, delete, update)) {
      statement.close();
    }
  }
}
