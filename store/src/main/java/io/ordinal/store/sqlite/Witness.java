package io.ordinal.store.sqlite;

import io.ordinal.store.DamagedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/// The newest acknowledged revision, in a small file beside the database: SQLite drops what follows
/// a damaged frame of its log without a word, and only this file knows that there was more.
///
/// It is written after each commit and never synced. So it is exact after a crash of the process;
/// after a loss of power it may be behind the database, and then proves less.
///
/// ```
/// 0 "ORDWTNS1" │ 8 revision │ 16 CRC32C of the 16 bytes before, as a long
/// ```
final class Witness implements AutoCloseable {

  private static final long MAGIC = 0x4F524457544E5331L;
  private static final int SIZE = 24;

  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(SIZE);

  private Witness(FileChannel channel) {
    this.channel = channel;
  }

  /// What the file says; nothing when there is no file.
  ///
  /// @throws DamagedException when the file makes no sense
  static OptionalLong read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return OptionalLong.empty();
    }
    var bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    if (bytes.limit() != SIZE
        || bytes.getLong(0) != MAGIC
        || bytes.getLong(16) != checksum(bytes)) {
      throw new DamagedException(
          file
              + ": not as it was written (it holds the newest acknowledged revision). Delete it to start"
              + " with what the database holds, or restore a backup into an empty folder");
    }
    return OptionalLong.of(bytes.getLong(8));
  }

  static Witness open(Path file) throws IOException {
    return new Witness(FileChannel.open(file, StandardOpenOption.WRITE));
  }

  /// Makes the file, durably and at once: a crash leaves no half of it.
  static void write(Path file, long revision) throws IOException {
    var fresh = StoreFolder.Fresh.of(file);
    fresh.discard();
    StoreFolder.createPrivate(fresh.path());
    try (var witness = open(fresh.path())) {
      witness.note(revision);
    }
    fresh.moveIntoPlace();
  }

  void note(long revision) throws IOException {
    buffer.clear().putLong(0, MAGIC).putLong(8, revision).putLong(16, checksum(buffer));
    for (var at = 0; buffer.hasRemaining(); ) {
      at += channel.write(buffer, at);
    }
  }

  /// Also for a revision that is below the noted one.
  void noteDurably(long revision) throws IOException {
    note(revision);
    channel.force(true);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static long checksum(ByteBuffer bytes) {
    var crc = new CRC32C();
    crc.update(bytes.duplicate().position(0).limit(16));
    return crc.getValue();
  }
}
