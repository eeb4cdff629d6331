package io.ordinal.node.machine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A program of the machine, run to its end. Each costs milliseconds: callers batch (`nft -f -`,
/// `ip -batch -`).
public final class Command {
  private static final List<Path> ALSO_SEARCHED =
      Stream.of("/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/local/bin", "/usr/bin", "/bin")
          .map(Path::of)
          .toList();

  private final List<String> words;

  private Command(List<String> words) {
    this.words = List.copyOf(words);
  }

  public static Command of(String... words) {
    return new Command(List.of(words));
  }

  public static Command of(List<String> words) {
    return new Command(words);
  }

  /// Where a program is, on the PATH or in the usual folders: a user's PATH often lacks the `sbin`
  /// ones.
  public static Optional<Path> find(String program) {
    var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.concat(
            Stream.of(path.split(":", -1)).filter(s -> !s.isEmpty()).map(Path::of),
            ALSO_SEARCHED.stream())
        .map(folder -> folder.resolve(program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// Runs without input.
  public Output run() throws IOException {
    return run("");
  }

  /// Runs with `input` on its standard input; output and errors come back as one text.
  public Output run(String input) throws IOException {
    var process = new ProcessBuilder(resolved()).redirectErrorStream(true).start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It ended without reading all of its input: its exit code and its words say why.
    }
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return new Output(process.waitFor(), text);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + this, e);
    }
  }

  /// Runs with `input`, and fails with the program's own words unless it ends well.
  public String must(String input) throws IOException {
    var output = run(input);
    if (output.exit() != 0) {
      throw new IOException(this + " failed (" + output.exit() + "): " + output.text().strip());
    }
    return output.text();
  }

  private List<String> resolved() {
    var program = find(words.getFirst()).map(Path::toString).orElse(words.getFirst());
    return Stream.concat(Stream.of(program), words.stream().skip(1)).toList();
  }

  @Override
  public String toString() {
    return String.join(" ", words);
  }

  /// How a program ended.
  public record Output(int exit, String text) {}
}
