package io.ordinal.cluster.cli;

import io.ordinal.cluster.DataFolder;
import io.ordinal.cluster.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import picocli.CommandLine.ParseResult;

/// `ordinal kubeconfig`.
final class PrintKubeconfig {

  private final Terminal terminal;

  PrintKubeconfig(Terminal terminal) {
    this.terminal = terminal;
  }

  int run(ParseResult call) {
    var file = new DataFolder(Options.dataOf(call)).adminConf();
    if (!Files.exists(file)) {
      throw new UserError(
          UserError.CLUSTER, file + " does not exist: start the cluster with ./ordinal up");
    }
    try {
      terminal.out().print(Files.readString(file));
      terminal.out().flush();
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
