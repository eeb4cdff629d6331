package io.ordinal.cluster.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where a command prints: answers on `out`, everything about them on `err`.
record Terminal(PrintStream out, PrintStream err) {

  /// The terminal of this process. What the environment says of its encoding counts, also when the
  /// machine lacks the locale: Java would take such a terminal for one that knows ASCII alone.
  static Terminal system() {
    if (!takesUtf8(System::getenv)) return new Terminal(System.out, System.err);
    return new Terminal(utf8(FileDescriptor.out), utf8(FileDescriptor.err));
  }

  static boolean takesUtf8(UnaryOperator<@Nullable String> environment) {
    return locale("LC_CTYPE", environment)
        .toLowerCase(Locale.ROOT)
        .replace("-", "")
        .contains("utf8");
  }

  /// The locale for one purpose, such as `LC_MESSAGES`; "" when none is set. POSIX: the first of
  /// these that is set decides.
  static String locale(String category, UnaryOperator<@Nullable String> environment) {
    return Stream.of("LC_ALL", category, "LANG")
        .map(environment)
        .filter(Objects::nonNull)
        .filter(value -> !value.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
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
