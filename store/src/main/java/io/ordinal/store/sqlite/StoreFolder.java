package io.ordinal.store.sqlite;

import io.ordinal.store.InUseException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// The folder of a store: who has it, which of its files counts, and how one takes the place of
/// another.
final class StoreFolder implements Closeable {

  private static final Pattern JOURNAL = Pattern.compile("journal-(\\d{1,18})\\.db");

  /// Folders of this process. The lock of the operating system is held by the process as a whole,
  /// and would be lost when a second opener closed the file again: so that one may not even open
  /// it.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel lock;

  private StoreFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  static StoreFolder open(Path folder) throws IOException {
    var owner = PosixFilePermissions.fromString("rwx------");
    Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(owner));
    var path = folder.toRealPath();
    if (!HELD.add(path)) {
      throw new InUseException(path + " is in use by this process already");
    }
    try {
      return new StoreFolder(path, lock(path));
    } catch (IOException | RuntimeException e) {
      HELD.remove(path);
      throw e;
    }
  }

  private static FileChannel lock(Path folder) throws IOException {
    var file = folder.resolve("lock");
    createPrivate(file);
    var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (channel.tryLock() == null) {
      channel.close();
      var holder = Files.readString(file).strip();
      throw new InUseException(
          "%s is in use by process %s; stop that one first, or choose another folder"
              .formatted(folder, holder.isEmpty() ? "(unknown)" : holder));
    }
    var holder = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
    channel.truncate(0);
    Sqlite.writeFully(channel, holder, 0);
    return channel;
  }

  OptionalLong newestJournal() throws IOException {
    return newestJournal(path);
  }

  /// The number of the newest journal. A newer one is only there when it is complete, so it always
  /// counts.
  static OptionalLong newestJournal(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .map(file -> JOURNAL.matcher(file.getFileName().toString()))
          .filter(matcher -> matcher.matches())
          .mapToLong(matcher -> Long.parseLong(matcher.group(1)))
          .max();
    }
  }

  Path journal(long number) {
    return journal(path, number);
  }

  static Path journal(Path folder, long number) {
    return folder.resolve("journal-" + number + ".db");
  }

  Path witness() {
    return path.resolve("witness");
  }

  Path nativeLibraries() {
    return nativeLibraries(path);
  }

  static Path nativeLibraries(Path folder) {
    return folder.resolve("native");
  }

  /// A place where the journal of a number can be made unseen.
  Fresh fresh(long number) {
    return Fresh.of(journal(number));
  }

  /// Removes everything of other journals than this one: older ones, and newer ones that were never
  /// finished.
  void keepOnly(long number) throws IOException {
    var prefix = journal(number).getFileName().toString();
    try (var files = Files.list(path)) {
      for (var file : files.toList()) {
        var name = file.getFileName().toString();
        var ofThis = name.startsWith(prefix) && !name.endsWith(".fresh");
        if (name.startsWith("journal-") && !ofThis) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  void checkEmpty() throws IOException {
    if (newestJournal().isPresent() || Files.exists(witness())) {
      throw new FileAlreadyExistsException(
          path.toString(), null, "there is a store already; restore into an empty folder");
    }
  }

  @Override
  public void close() throws IOException {
    try {
      lock.close();
    } finally {
      HELD.remove(path);
    }
  }

  /// Creates an empty file that nobody but its owner may read, unless it is there.
  static void createPrivate(Path file) throws IOException {
    var owner = PosixFilePermissions.fromString("rw-------");
    if (!Files.exists(file)) {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(owner));
    }
  }

  /// Makes names durable: files that were created, moved or removed.
  private static void syncFolder(Path folder) throws IOException {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /// A file that is made aside and moved to where it belongs when it is complete.
  ///
  /// @param path where it is made
  /// @param target where it belongs
  record Fresh(Path path, Path target) {

    static Fresh of(Path target) {
      return new Fresh(target.resolveSibling(target.getFileName() + ".fresh"), target);
    }

    /// Takes its place, durably. A crash leaves either all of it there or nothing.
    void moveIntoPlace() throws IOException {
      try (var channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
      var folder = target.toAbsolutePath().getParent();
      if (folder != null) {
        syncFolder(folder);
      }
    }

    void copyFrom(Path source) throws IOException {
      discard();
      createPrivate(path);
      try (var from = FileChannel.open(source, StandardOpenOption.READ);
          var to = FileChannel.open(path, StandardOpenOption.WRITE)) {
        for (var at = 0L; at < from.size(); ) {
          at += from.transferTo(at, from.size() - at, to);
        }
      }
    }

    void discard() throws IOException {
      Files.deleteIfExists(path);
    }
  }
}
