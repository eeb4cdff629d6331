package io.ordinal.cluster.cli;

import java.io.PrintStream;

/// Where a command prints: answers on `out`, everything about them on `err`.
record Terminal(PrintStream out, PrintStream err) {

  static Terminal system() {
    return new Terminal(System.out, System.err);
  }

  void say(String format, Object... values) {
    out.println(values.length == 0 ? format : format.formatted(values));
    out.flush();
  }

  void complain(String message) {
    err.println("ordinal: " + message);
    err.flush();
  }
}
