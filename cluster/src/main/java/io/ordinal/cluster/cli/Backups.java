package io.ordinal.cluster.cli;

import io.ordinal.cluster.DataFolder;
import io.ordinal.cluster.Restored;
import io.ordinal.cluster.UserError;
import io.ordinal.store.DamagedException;
import io.ordinal.store.InUseException;
import io.ordinal.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import picocli.CommandLine.ParseResult;

/// `ordinal backup` and `ordinal restore`: all objects in one file. The cluster may run while a
/// backup is taken.
final class Backups {

  private static final Set<String> KEPT_APART = Set.of("volumes", "images");

  private final Terminal terminal;

  Backups(Terminal terminal) {
    this.terminal = terminal;
  }

  int backup(ParseResult call) {
    var data = new DataFolder(Options.dataOf(call));
    var file = Options.fileOf(call);
    attempt(() -> SqliteStore.backup(data.store(), file.toAbsolutePath()));
    terminal.out().println("All objects of " + data.path() + " are in " + file);
    return 0;
  }

  int restore(ParseResult call) {
    var data = new DataFolder(Options.dataOf(call));
    var file = Options.fileOf(call);
    checkEmpty(data.path());
    attempt(() -> SqliteStore.restore(file, DataFolder.open(data.path()).store()));
    new Restored(data).volumes().forEach(terminal::say);
    terminal.say("Restored, with a new authority: admin.conf of %s is another one", data.path());
    terminal.say("Next: ./ordinal up --data %s", data.path());
    return 0;
  }

  /// Volumes and images are no part of a backup: they may be here already.
  private static void checkEmpty(Path data) {
    try {
      if (!Files.exists(data)) return;
      try (var files = Files.list(data)) {
        var other =
            files.filter(file -> !KEPT_APART.contains(file.getFileName().toString())).findAny();
        if (other.isPresent()) {
          throw new UserError(
              UserError.DATA,
              "%s holds more than volumes and images (%s): restore with --data into a folder that does not"
                  .formatted(data, other.get().getFileName()));
        }
      }
    } catch (IOException e) {
      throw new UserError(UserError.DATA, data + " cannot be read: " + e.getMessage());
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void attempt(Work work) {
    try {
      work.run();
    } catch (DamagedException | InUseException e) {
      throw new UserError(UserError.DATA, String.valueOf(e.getMessage()));
    } catch (FileAlreadyExistsException e) {
      throw new UserError(e.getMessage() + " exists already: choose another name");
    } catch (NoSuchFileException e) {
      throw new UserError(UserError.DATA, e.getMessage() + " does not exist");
    } catch (IOException e) {
      throw new UserError(UserError.DATA, String.valueOf(e.getMessage()));
    }
  }
}
