package io.ordinal.cluster.cli;

import io.ordinal.cluster.PrivateFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.logging.FileHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/// Where the process writes its log: `logs/ordinal.0.log` (the newest) below the data folder, ten
/// megabytes a file, five files.
final class LogFiles {

  private static final int BYTES_A_FILE = 10 * 1024 * 1024;
  private static final int FILES = 5;

  /// The loggers keep their configuration only as long as somebody holds them.
  private static final Logger ROOT = Logger.getLogger("");

  private static final Logger OURS = Logger.getLogger("io.ordinal");

  /// Warns of a socket option that means nothing on the socket of containerd.
  private static final Logger NETTY = Logger.getLogger("io.netty");

  private LogFiles() {}

  /// From here on everything is logged below this folder, and nothing on the terminal.
  static void into(Path folder) {
    PrivateFiles.folder(folder);
    try {
      var file =
          new FileHandler(folder.resolve("ordinal.%g.log").toString(), BYTES_A_FILE, FILES, true);
      file.setFormatter(new Line());
      for (var handler : ROOT.getHandlers()) ROOT.removeHandler(handler);
      ROOT.addHandler(file);
      ROOT.setLevel(Level.WARNING);
      OURS.setLevel(Level.INFO);
      NETTY.setLevel(Level.SEVERE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the log below " + folder, e);
    }
  }

  /// From here on only trouble is logged, on the terminal: for the commands that only look.
  static void quiet() {
    ROOT.setLevel(Level.SEVERE);
  }

  static void unexpected(RuntimeException e) {
    LoggerFactory.getLogger(Main.class).error("unexpected", e);
  }

  /// One line an event: time, level, where, what; a stack trace follows on lines of its own.
  private static final class Line extends Formatter {

    private static final DateTimeFormatter TIME =
        DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    @Override
    public String format(LogRecord event) {
      var logger = String.valueOf(event.getLoggerName());
      return "%s %-7s %s: %s%n%s"
          .formatted(
              TIME.format(event.getInstant()),
              event.getLevel().getName(),
              logger.substring(logger.lastIndexOf('.') + 1),
              formatMessage(event),
              trace(event));
    }

    private static String trace(LogRecord event) {
      if (event.getThrown() == null) return "";
      var text = new StringWriter();
      event.getThrown().printStackTrace(new PrintWriter(text));
      return text.toString();
    }
  }
}
