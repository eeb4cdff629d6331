package io.ordinal.store.sqlite;

import io.ordinal.store.DamagedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteException;

/// What we know of SQLite's files and errors.
final class Sqlite {

  /// "ORDL", in the header of each of our databases.
  static final int APPLICATION = 0x4F52444C;

  /// The format of our tables. A database of a newer one is not touched.
  static final int FORMAT = 1;

  private static final String MAGIC = "SQLite format 3\0";
  private static final int HEADER = 100;
  private static final int FORMAT_AT = 60;
  private static final int APPLICATION_AT = 68;

  private Sqlite() {}

  static Connection connect(Path file) throws IOException {
    return connect(file, new SQLiteConfig());
  }

  /// A connection that leaves all files as they are, the write-ahead log too.
  static Connection connectToRead(Path file) throws IOException {
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    return connect(file, config);
  }

  private static Connection connect(Path file, SQLiteConfig config) throws IOException {
    config.setGetGeneratedKeys(false); // else each insert is followed by a query for its row id
    try {
      return config.createConnection("jdbc:sqlite:" + file);
    } catch (SQLException e) {
      throw explained(e, file);
    }
  }

  static void run(Connection connection, String... commands) throws SQLException {
    try (var statement = connection.createStatement()) {
      for (var command : commands) {
        statement.execute(command);
      }
    }
  }

  /// Looks at a file's header before SQLite does, so that a foreign file stays as it is.
  ///
  /// @param named what the user calls the file
  static void checkIsOurs(Path file, Path named) throws IOException {
    var header = ByteBuffer.allocate(HEADER);
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (header.hasRemaining() && channel.read(header) >= 0) {}
    }
    var magic = new String(header.array(), 0, MAGIC.length(), StandardCharsets.ISO_8859_1);
    if (header.hasRemaining()
        || !magic.equals(MAGIC)
        || header.getInt(APPLICATION_AT) != APPLICATION) {
      throw new DamagedException(
          named
              + ": not a database of Ordinal. Move it away if it is something else; if it was one, restore a"
              + " backup into an empty folder");
    }
    var format = header.getInt(FORMAT_AT);
    if (format > FORMAT) {
      throw new DamagedException(
          "%s: written by a newer Ordinal (format %d, this one knows %d). Start that one"
              .formatted(named, format, FORMAT));
    }
  }

  /// An error of SQLite in words.
  static IOException explained(SQLException e, Path file) {
    if (!(e instanceof SQLiteException sqlite)) {
      return new IOException(file + ": " + e.getMessage(), e);
    }
    var what =
        switch (sqlite.getResultCode()) {
          case SQLITE_FULL -> "no space left on the disk";
          case SQLITE_READONLY, SQLITE_READONLY_DIRECTORY, SQLITE_READONLY_DBMOVED ->
              "the disk is read-only";
          case SQLITE_CANTOPEN -> "cannot be opened";
          case SQLITE_CORRUPT, SQLITE_NOTADB -> "the database is damaged";
          default ->
              sqlite.getResultCode().name().startsWith("SQLITE_IOERR") ? "I/O error" : "refused";
        };
    return new IOException("%s: %s (%s)".formatted(file, what, e.getMessage()), e);
  }

  static boolean isDamage(SQLException e) {
    return e instanceof SQLiteException sqlite
        && switch (sqlite.getResultCode()) {
          case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_ERROR -> true;
          default -> false;
        };
  }

  static void writeFully(FileChannel channel, byte[] bytes, long position) throws IOException {
    var buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer, position + buffer.position());
    }
  }
}
