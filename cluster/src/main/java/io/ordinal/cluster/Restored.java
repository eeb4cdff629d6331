package io.ordinal.cluster;

import io.ordinal.cluster.StoredCluster.LocalVolume;
import io.ordinal.store.Retention;
import io.ordinal.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A store that has just been restored into a data folder. Its volumes are written down by paths in
/// the folder that was backed up: they are moved to this one, so that nothing of the cluster
/// depends on the old folder any more.
///
/// The old folder is told by the volumes themselves: the provisioner places each at `volumes/NAME`.
public final class Restored {

  private final DataFolder data;

  /// A data folder with a restored store that nobody runs.
  public Restored(DataFolder data) {
    this.data = data;
  }

  /// Moves the volumes and remembers what the objects tell of the cluster.
  ///
  /// @return for each volume on a disk of this machine what became of it, and what is to be done
  public List<String> volumes() {
    try (var store =
        SqliteStore.open(
            data.store(), Retention.USUAL, Timing.real().steady(), StopProcess.ofThisProcess())) {
      var stored = new StoredCluster(store);
      var homes =
          stored.homes().stream()
              .filter(home -> !home.equals(data.path()))
              .collect(Collectors.toSet());
      var before = stored.volumes();
      stored.move(homes, data.path());
      stored
          .settings(data.path())
          .map(settings -> homes.size() == 1 ? from(settings, homes) : settings)
          .ifPresent(settings -> settings.write(data));
      if (!before.isEmpty()) PrivateFiles.folder(data.volumes());
      return lines(before, homes);
    } catch (IOException e) {
      throw new UserError(UserError.DATA, data.store() + " cannot be opened: " + e.getMessage());
    }
  }

  private static Settings from(Settings settings, Set<Path> homes) {
    return settings.from(homes.iterator().next());
  }

  private List<String> lines(List<LocalVolume> volumes, Set<Path> homes) {
    var lines = new ArrayList<String>();
    for (var volume : volumes) lines.add(line(volume, homes));
    for (var home : homes) {
      lines.add(
          "before anything is copied, or this cluster is started on the same machine: ./ordinal down --data "
              + home);
    }
    return lines;
  }

  private String line(LocalVolume volume, Set<Path> homes) {
    var after = StoredCluster.moved(volume.path(), homes, data.path());
    var named =
        "volume %s%s: "
            .formatted(volume.name(), volume.claim().isEmpty() ? "" : " (" + volume.claim() + ")");
    if (Files.isDirectory(after)) {
      return named
          + (after.startsWith(data.path()) ? "its data is here, in " : "stays in ")
          + after;
    }
    return after.equals(volume.path())
        ? named + "its data is missing: it has to be in " + after
        : named + "copy its data: cp -a %s %s".formatted(volume.path(), after);
  }
}
