package io.ordinal.node.containerd;

import io.ordinal.node.machine.Command;
import io.ordinal.node.machine.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// How containerd stacks the layers of images: by overlays, or by whole copies where the data
/// folder's file system cannot carry them (a data folder that itself lies on an overlay, as in a
/// container).
final class Snapshotter {
  private static final String OVERLAYS = "overlayfs";
  private static final String COPIES = "native";

  private Snapshotter() {}

  /// The one for this folder. Found out by trying, once: content is bound to the snapshotter that
  /// unpacked it.
  static String of(Path folder) throws IOException {
    Files.createDirectories(folder);
    var memory = folder.resolve("snapshotter");
    if (Files.exists(memory)) {
      return Files.readString(memory);
    }
    var found = carriesOverlays(Files.createTempDirectory(folder, "overlay")) ? OVERLAYS : COPIES;
    Files.writeString(memory, found);
    return found;
  }

  private static boolean carriesOverlays(Path trial) throws IOException {
    try {
      for (var name : new String[] {"lower", "upper", "work", "merged"}) {
        Files.createDirectory(trial.resolve(name));
      }
      var script =
          "mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work merged && umount merged";
      return Command.of("sh", "-c", "cd \"$0\" && " + script, trial.toString()).run().exit() == 0;
    } finally {
      Folders.delete(trial);
    }
  }
}
