package io.ordinal.cluster.cli;

import io.ordinal.cluster.Cluster;
import io.ordinal.cluster.DataFolder;
import io.ordinal.cluster.PrivateFiles;
import io.ordinal.cluster.UserError;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.ParseResult;

/// `ordinal down`.
final class Down {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Terminal terminal;

  Down(Terminal terminal) {
    this.terminal = terminal;
  }

  int run(ParseResult call) {
    var data = new DataFolder(Options.dataOf(call));
    var keepPods = Options.isSet(call, "--keep-pods");
    var runner = data.runner();
    if (runner.isEmpty()) return withoutRunner(data, keepPods);
    if (!keepPods) PrivateFiles.replace(data.stopPodsFile(), "stop\n");
    terminal.say(
        "stopping process %d%s",
        runner.get().pid(),
        keepPods ? "; its containers go on" : ", its pods first: each has its grace period");
    runner.get().destroy();
    await(runner.get());
    // It may have been starting still, without agents that could end pods in order.
    if (!keepPods && Cluster.hasContainers(data)) Cluster.cleanUp(data);
    terminal.say("stopped; the data stays in %s", data.path());
    return 0;
  }

  /// After a crash containers may still run although no Ordinal does.
  private int withoutRunner(DataFolder data, boolean keepPods) {
    if (!keepPods && Cluster.cleanUp(data)) {
      terminal.say("no cluster ran on %s; its left-over containers are stopped", data.path());
    } else {
      terminal.say("no cluster runs on %s", data.path());
    }
    return 0;
  }

  private static void await(ProcessHandle process) {
    try {
      process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new UserError(
          UserError.CLUSTER,
          "process %d has not ended within %d minutes: see the log, or end it with kill -9 (nothing acknowledged is lost)"
              .formatted(process.pid(), PATIENCE.toMinutes()));
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
