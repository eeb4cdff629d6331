package io.ordinal.node.images;

import io.ordinal.node.machine.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Puts images into Ordinal's containerd, past any registry, and marks them. It speaks through
/// `ctr`, since the CRI can only pull.
public final class ImageStore {
  private final Path socket;
  private final LocalImages marks;
  private final InstantSource clock;

  /// @param socket containerd's
  public ImageStore(Path socket, LocalImages marks, InstantSource clock) {
    this.socket = socket;
    this.marks = marks;
    this.clock = clock;
  }

  /// Takes all images of an archive (`docker save`, or an OCI layout) and marks them.
  ///
  /// @return their names in full
  /// @throws IOException when the file is no such archive, or holds no image with a name
  public List<String> load(Path archive) throws IOException {
    var loaded = ArchiveNames.in(archive);
    if (loaded.isEmpty()) {
      throw new IOException(archive + " holds no image with a name");
    }
    ctr("images", "import", archive.toString());
    for (var image : loaded) {
      marks.mark(
          new LocalImage(
              image.name(), image.digest(), clock.instant(), archive.getFileName().toString()));
    }
    return loaded.stream().map(ArchiveNames.Named::name).toList();
  }

  /// Makes the pause image unless it is there; it needs no mark, since nobody pulls it.
  ///
  /// @param present whether the runtime has an image
  public void ensurePause(Predicate<String> present) throws IOException {
    if (!present.test(MachineImages.PAUSE)) {
      importing(MachineImages.of(busybox()).pause());
    }
  }

  /// Makes the stand-in for the guide's nginx, under two tags, marked.
  public void makeNginx() throws IOException {
    importing(MachineImages.of(busybox()).nginx());
    for (var name : List.of(MachineImages.NGINX, MachineImages.NGINX_STABLE)) {
      marks.mark(new LocalImage(name, "", clock.instant(), "made on this machine, of busybox"));
    }
  }

  /// Takes the mark from an image and the image from the machine. An image without a mark stays: it
  /// was pulled, and the nodes collect it when they need the room.
  ///
  /// @return whether it was marked
  public boolean remove(String reference) throws IOException {
    if (!marks.contains(reference)) {
      return false;
    }
    ctr("images", "rm", "--sync", ImageName.parse(reference).toString());
    return marks.unmark(reference);
  }

  /// All marked images.
  public List<LocalImage> list() {
    return marks.list();
  }

  private static Path busybox() throws IOException {
    return Command.find("busybox")
        .orElseThrow(() ->
            new IOException("busybox is not installed; on Debian: apt-get install busybox-static"));
  }

  private void importing(byte[] archive) throws IOException {
    var file = Files.createTempFile("ordinal-image", ".tar");
    try {
      Files.write(file, archive);
      ctr("images", "import", file.toString());
    } finally {
      Files.delete(file);
    }
  }

  private void ctr(String... words) throws IOException {
    var all =
        new ArrayList<>(List.of("ctr", "--address", socket.toString(), "--namespace", "k8s.io"));
    all.addAll(List.of(words));
    Command.of(all).must("");
  }
}
