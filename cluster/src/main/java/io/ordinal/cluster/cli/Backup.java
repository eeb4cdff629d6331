package io.ordinal.cluster.cli;

import io.ordinal.cluster.DataFolder;
import io.ordinal.cluster.Keeping;
import picocli.CommandLine.ParseResult;

/// `ordinal backup FILE` and `ordinal restore FILE`.
final class Backup {

  private final Terminal terminal;

  Backup(Terminal terminal) {
    this.terminal = terminal;
  }

  int backup(ParseResult call) {
    var file = Options.fileOf(call).toAbsolutePath();
    var revision = Keeping.backup(new DataFolder(Options.dataOf(call)), file);
    terminal.say("%s holds everything up to revision %d", file, revision);
    return 0;
  }

  int restore(ParseResult call) {
    var data = Options.dataOf(call);
    var revision = Keeping.restore(Options.fileOf(call).toAbsolutePath(), data);
    terminal.say("%s holds everything up to revision %d; start it with ./ordinal up", data, revision);
    return 0;
  }
}
