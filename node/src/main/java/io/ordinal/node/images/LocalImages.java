package io.ordinal.node.images;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// The marked images of this machine: those that count as pulled, also for the pull policy Always.
///
/// The record is a text file, one image a line: name, digest, since, origin, separated by tabs. The
/// command line changes it while a node reads it: it is replaced as a whole, and read again when it
/// changed.
public final class LocalImages {
  private final Path file;
  private Read last = new Read(new Stamp(FileTime.fromMillis(0), -1, ""), List.of());

  /// @param file the record, which need not exist
  public LocalImages(Path file) {
    this.file = file;
  }

  /// The record of a data folder.
  public static LocalImages of(Path dataFolder) {
    return new LocalImages(dataFolder.resolve("images").resolve("marked"));
  }

  /// Whether a reference, as a pod spells it, means a marked image. A reference that cannot be read
  /// means none.
  public boolean contains(String reference) {
    return ImageName.find(reference)
        .map(name -> list().stream().anyMatch(image -> image.answersTo(name)))
        .orElse(false);
  }

  /// All marked images, by name.
  public synchronized List<LocalImage> list() {
    try {
      var now = Stamp.of(file);
      if (!now.equals(last.stamp())) {
        last = new Read(now, now.size() < 0 ? List.of() : parse(Files.readAllLines(file)));
      }
      return last.images();
    } catch (IOException e) {
      throw new UncheckedIOException("the record of marked images cannot be read: " + file, e);
    }
  }

  /// Marks an image; an older mark of the same name is replaced.
  public void mark(LocalImage image) throws IOException {
    change(images -> {
      var next = new ArrayList<>(images);
      next.removeIf(other -> other.name().equals(image.name()));
      next.add(image);
      return next;
    });
  }

  /// Takes the mark from the image that a reference means. The image itself stays.
  ///
  /// @return whether it had one
  public boolean unmark(String reference) throws IOException {
    var name = ImageName.parse(reference);
    var had = contains(reference);
    change(images -> images.stream().filter(image -> !image.answersTo(name)).toList());
    return had;
  }

  private void change(UnaryOperator<List<LocalImage>> edit) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    var lock = file.resolveSibling(file.getFileName() + ".lock");
    try (var channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var held = channel.lock()) {
      assert held.isValid();
      var lines = edit.apply(list()).stream().map(LocalImages::line).sorted().toList();
      var next = file.resolveSibling(file.getFileName() + ".new");
      Files.write(next, lines);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static String line(LocalImage image) {
    return String.join(
        "\t",
        image.name(),
        image.digest(),
        image.since().toString(),
        image.origin().replace('\t', ' '));
  }

  private static List<LocalImage> parse(List<String> lines) {
    return lines.stream()
        .map(line -> line.split("\t", 4))
        .filter(cells -> cells.length == 4)
        .map(cells -> new LocalImage(cells[0], cells[1], Instant.parse(cells[2]), cells[3]))
        .toList();
  }

  private record Read(Stamp stamp, List<LocalImage> images) {}

  /// What tells one version of the file from the next; size −1 when there is none.
  private record Stamp(FileTime modified, long size, String key) {
    static Stamp of(Path file) throws IOException {
      if (!Files.exists(file)) {
        return new Stamp(FileTime.fromMillis(0), -1, "absent");
      }
      var attributes =
          Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class);
      return new Stamp(
          attributes.lastModifiedTime(), attributes.size(), String.valueOf(attributes.fileKey()));
    }
  }
}
