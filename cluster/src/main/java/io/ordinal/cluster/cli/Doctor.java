package io.ordinal.cluster.cli;

import io.ordinal.cluster.UserError;
import io.ordinal.node.machine.Finding;
import io.ordinal.node.machine.MachineChecks;
import java.nio.file.Path;
import picocli.CommandLine.ParseResult;

/// `ordinal doctor`: what this machine lacks for real containers, and the command that mends each
/// item.
final class Doctor {

  private final Terminal terminal;

  Doctor(Terminal terminal) {
    this.terminal = terminal;
  }

  int run(ParseResult call) {
    var findings = MachineChecks.run();
    for (var finding : findings) {
      terminal.say("%-4s %s%s", finding.ok() ? "ok" : "NO", finding.what(), mend(finding));
    }
    var kubectl = Path.of("/usr/bin/kubectl").toFile().canExecute();
    terminal.say(
        "%-4s kubectl%s",
        kubectl ? "ok" : "-",
        kubectl ? "" : ": not needed, but useful; on Debian 12: apt-get install kubernetes-client");
    return findings.stream().allMatch(Finding::ok) ? 0 : UserError.MACHINE;
  }

  private static String mend(Finding finding) {
    return finding.ok() ? "" : ": " + finding.mend();
  }
}
