package io.ordinal.node.volume;

import io.ordinal.node.machine.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Files that change all at once: readers see the old set or the new one, never a mixture.
///
/// ```
/// key      -> ..data/key              what a container opens
/// ..data   -> ..2026_11_23_17_00_00.1 renamed into place: the moment of the change
/// ..2026_11_23_17_00_00.1/key         the bytes
/// ```
public final class AtomicWriter {
  private static final String DATA = "..data";
  private static final String FRESH = "..data_tmp";
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'..'uuuu_MM_dd_HH_mm_ss.").withZone(ZoneOffset.UTC);

  /// One file: its bytes, its permission bits, and whom it belongs to (-1 = nobody in particular).
  public static final class Entry {
    private final byte[] bytes;
    private final int mode;
    private final long user;
    private final long group;

    /// The bytes are not to be changed afterwards.
    public Entry(byte[] bytes, int mode, long user, long group) {
      this.bytes = bytes;
      this.mode = mode;
      this.user = user;
      this.group = group;
    }

    /// Readable by a group, too.
    Entry readableBy(long itsGroup) {
      return new Entry(bytes, mode | 0440, user, itsGroup);
    }
  }

  private final Path folder;
  private final RandomGenerator random;

  /// Writes into a folder that exists.
  public AtomicWriter(Path folder, RandomGenerator random) {
    this.folder = folder;
    this.random = random;
  }

  /// Makes the folder show these files and no others; keys are relative paths. True when something
  /// changed.
  ///
  /// @throws IllegalArgumentException for a path that leads outside or begins with `..`
  public boolean write(Map<String, Entry> files, Instant now) throws IOException {
    files.keySet().forEach(AtomicWriter::check);
    var old = current();
    if (old != null && same(old, files)) {
      return false;
    }
    var fresh = folder.resolve(NAME.format(now) + Integer.toUnsignedString(random.nextInt()));
    Files.createDirectory(fresh);
    mode(fresh, 0755);
    for (var file : files.entrySet()) {
      write(fresh, file.getKey(), file.getValue());
    }
    var link = folder.resolve(FRESH);
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, fresh.getFileName());
    Files.move(
        link,
        folder.resolve(DATA),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    show(files.keySet());
    if (old != null) Folders.delete(old);
    return true;
  }

  private static void check(String name) {
    var path = Path.of(name);
    boolean up = false;
    for (var part : path) up |= part.toString().equals("..");
    if (path.isAbsolute() || up || name.isEmpty() || name.startsWith("..")) {
      throw new IllegalArgumentException("invalid path: " + name);
    }
  }

  /// What is shown now, null for nothing yet.
  private @Nullable Path current() throws IOException {
    try {
      return folder.resolve(Files.readSymbolicLink(folder.resolve(DATA)));
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static boolean same(Path old, Map<String, Entry> files) throws IOException {
    try (var walk = Files.walk(old)) {
      var present =
          walk.filter(Files::isRegularFile)
              .map(path -> old.relativize(path).toString())
              .collect(Collectors.toSet());
      if (!present.equals(files.keySet())) return false;
    }
    for (var file : files.entrySet()) {
      var path = old.resolve(file.getKey());
      if (!Arrays.equals(Files.readAllBytes(path), file.getValue().bytes)
          || ((int) Files.getAttribute(path, "unix:mode") & 07777) != file.getValue().mode) {
        return false;
      }
    }
    return true;
  }

  private static void write(Path fresh, String name, Entry entry) throws IOException {
    var path = fresh.resolve(name);
    Files.createDirectories(path.getParent());
    Files.write(path, entry.bytes);
    mode(path, entry.mode);
    if (entry.user >= 0) Files.setAttribute(path, "unix:uid", (int) entry.user);
    if (entry.group >= 0) Files.setAttribute(path, "unix:gid", (int) entry.group);
  }

  private static void mode(Path path, int mode) throws IOException {
    Files.setAttribute(path, "unix:mode", mode);
  }

  /// One link per first part of a path; those that lead nowhere any more go.
  private void show(Set<String> names) throws IOException {
    var wanted = new TreeSet<String>();
    names.forEach(name -> wanted.add(Path.of(name).getName(0).toString()));
    for (var name : wanted) {
      var link = folder.resolve(name);
      if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
        Files.createSymbolicLink(link, Path.of(DATA, name));
      }
    }
    try (var children = Files.list(folder)) {
      for (var child : children.filter(Files::isSymbolicLink).toList()) {
        var name = child.getFileName().toString();
        if (!name.equals(DATA) && !wanted.contains(name)) Files.delete(child);
      }
    }
  }
}
