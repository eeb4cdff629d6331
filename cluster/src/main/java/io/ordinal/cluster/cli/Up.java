package io.ordinal.cluster.cli;

import io.ordinal.cluster.Cluster;
import io.ordinal.cluster.ClusterConfig;
import io.ordinal.cluster.ClusterConfig.RuntimeKind;
import io.ordinal.cluster.DataFolder;
import io.ordinal.cluster.Parts;
import io.ordinal.cluster.PrivateFiles;
import io.ordinal.cluster.UserError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.ParseResult;

/// `ordinal up`: in the foreground, or (with `--detach`) as a process of its own that this one
/// waits for.
final class Up {

  /// The line with which a detached process says that it is ready.
  private static final String READY = "ready";

  private final Terminal terminal;

  Up(Terminal terminal) {
    this.terminal = terminal;
  }

  int run(ParseResult call) {
    var config = Options.clusterOf(call);
    return Options.isSet(call, "--detach") ? detach(config) : foreground(config);
  }

  private int foreground(ClusterConfig config) {
    refuseWithoutRoot(config);
    var data = DataFolder.open(config.data());
    refuseIfRunning(data);
    LogFiles.into(data.logs());
    var parts = new Parts();
    var running = new AtomicReference<AutoCloseable>(parts);
    var stopping = new AtomicBoolean();
    var stopped = new CountDownLatch(1);
    atShutdown(() -> {
      stopping.set(true);
      closeQuietly(running.get());
      stopped.countDown();
    });
    try {
      running.set(Cluster.start(config, line -> terminal.say(line), parts));
    } catch (RuntimeException e) {
      // What a start says whose parts were taken away from under it is no news.
      if (!stopping.get()) throw e;
      terminal.complain("stopped while starting; the next up goes on from there");
      return 0;
    }
    terminal.say("%s: KUBECONFIG=%s", READY, data.adminConf());
    await(stopped);
    return 0;
  }

  private static Thread atShutdown(Runnable work) {
    var hook = new Thread(work, "shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    return hook;
  }

  private static void closeQuietly(AutoCloseable running) {
    try {
      running.close();
    } catch (Exception e) {
      LogFiles.unexpected(new IllegalStateException("stopping failed", e));
    }
  }

  /// Starts the cluster in a process of its own and returns when it is ready.
  int detach(ClusterConfig config) {
    refuseWithoutRoot(config);
    var data = DataFolder.open(config.data());
    refuseIfRunning(data);
    PrivateFiles.folder(data.logs());
    try {
      var errors = data.logs().resolve("ordinal.err").toFile();
      var child =
          new ProcessBuilder(commandOf(config))
              .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
              .redirectError(ProcessBuilder.Redirect.to(errors))
              .start();
      // Nobody has seen it ready: it must not outlive whoever waits for it.
      var hook = atShutdown(child::destroy);
      var code = follow(data, child);
      Runtime.getRuntime().removeShutdownHook(hook);
      return code;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start another process", e);
    }
  }

  private int follow(DataFolder data, Process child) throws IOException {
    var lines =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      terminal.say(line);
      if (line.startsWith(READY + ":")) return 0;
    }
    var said = Files.readString(data.logs().resolve("ordinal.err")).strip();
    throw new UserError(
        exitCode(child), said.isEmpty() ? "the cluster ended while starting" : lastLine(said));
  }

  private static String lastLine(String text) {
    return text.lines().reduce("", (_, last) -> last).replaceFirst("^ordinal: ", "");
  }

  private static int exitCode(Process child) {
    try {
      return child.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  /// This JVM's own command line with the arguments of `up`, in a session of its own: closing the
  /// terminal must not end the cluster.
  private static List<String> commandOf(ClusterConfig config) {
    var command = new ArrayList<String>(List.of("setsid"));
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(
        List.of(
            "up",
            "--data=" + config.data(),
            "--api-port=" + config.apiPort(),
            "--address=" + config.address()));
    config.nodes().ifPresent(nodes -> command.add("--nodes=" + nodes));
    command.add(config.consolePort().map(port -> "--console-port=" + port).orElse("--no-console"));
    config.runtime().ifPresent(runtime -> command.add("--runtime=" + runtime));
    return command;
  }

  private static void refuseWithoutRoot(ClusterConfig config) {
    if (config.runtimeToBe() == RuntimeKind.CONTAINERD && !DataFolder.isRoot()) {
      throw new UserError(
          UserError.MACHINE,
          "containers need root: run this as root, or without containers by --runtime simulated");
    }
  }

  private static void refuseIfRunning(DataFolder data) {
    data.runner()
        .ifPresent(p -> {
          throw new UserError(
              UserError.DATA,
              "process %d already runs the cluster on %s: stop it with ./ordinal down, or use another --data"
                  .formatted(p.pid(), data.path()));
        });
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
