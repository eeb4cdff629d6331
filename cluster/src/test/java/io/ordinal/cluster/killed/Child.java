package io.ordinal.cluster.killed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ordinal.cluster.cli.Main;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;

/// `ordinal up --runtime simulated` in a JVM of its own, as a user starts it.
final class Child implements AutoCloseable {

  private final Process process;
  private volatile boolean killed;

  private Child(Process process) {
    this.process = process;
  }

  /// Starts it and waits for its "ready" line.
  static Child start(Path data) throws IOException {
    var errors = data.resolveSibling("ordinal.err");
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "up",
                "--data=" + data,
                "--api-port=0",
                "--runtime=simulated")
            .redirectError(Redirect.to(errors.toFile()))
            .start();
    var child = new Child(process);
    if (!child.saidReady()) {
      child.close();
      throw new IOException("not ready, but: " + Files.readString(errors, UTF_8));
    }
    return child;
  }

  private boolean saidReady() throws IOException {
    var lines = process.inputReader(UTF_8);
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("ready:")) return true;
    }
    return false;
  }

  /// Whether a connection to it may have ended: before it is killed none may.
  boolean killed() {
    return killed;
  }

  /// Kills it with SIGKILL and returns when it is gone.
  void kill() {
    killed = true;
    process.destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
