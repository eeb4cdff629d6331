package io.ordinal.node.containerd;

import io.ordinal.kube.Loop;
import io.ordinal.node.machine.Command;
import io.ordinal.node.machine.Folders;
import io.ordinal.node.machine.Footprint;
import io.ordinal.node.machine.Kernel;
import io.ordinal.node.machine.ProcessStamp;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ordinal's own containerd, kept running: started under a session of its own, adopted when it
/// outlived the Ordinal that started it, started again (with back-off) when it ends. Containers
/// belong to their shims and outlive both.
public final class Containerd implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Containerd.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final Duration LOG_PAUSE = Duration.ofMinutes(1);
  private static final long MOST_LOG = 10L << 20;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(4);

  private final Footprint footprint;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private ProcessStamp process;
  private boolean closed;

  private Containerd(Footprint footprint, InstantSource clock, ProcessStamp process) {
    this.footprint = footprint;
    this.clock = clock;
    this.process = process;
  }

  /// Writes the configuration, then adopts the containerd that runs with this very configuration or
  /// starts one. Returns at once: see [#await].
  ///
  /// @throws IOException with what to do, when there is no containerd or it cannot be started
  public static Containerd start(ContainerdSettings settings, InstantSource clock)
      throws IOException {
    var folder = settings.footprint().containerdFolder();
    Files.createDirectories(folder);
    throwAwayStateOfAnotherBoot(folder, Kernel.bootId());
    var program = program();
    var text =
        ContainerdToml.of(
            settings, ContainerdVersion.of(program, folder.resolve("version")).major());
    var process = running(settings.footprint(), program, text);
    var containerd = new Containerd(settings.footprint(), clock, process);
    Loop.start(
        "containerd-watch",
        () -> {
          containerd.supervise();
          return false;
        });
    Loop.start("containerd-log", containerd.logLook());
    return containerd;
  }

  /// The socket on which it speaks CRI and its own API.
  public Path socket() {
    return footprint.containerdSocket();
  }

  /// Waits until containerd takes connections and `criAnswers` says yes. That it throws means not
  /// yet: the CRI is there a moment after the socket.
  ///
  /// @return false when that took longer than `longest`
  public boolean await(BooleanSupplier criAnswers, Duration longest) throws InterruptedException {
    var end = System.nanoTime() + longest.toNanos();
    while (System.nanoTime() < end) {
      if (connects(socket()) && saysYes(criAnswers)) {
        return true;
      }
      TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN.toNanos());
    }
    return false;
  }

  private static boolean saysYes(BooleanSupplier criAnswers) {
    try {
      return criAnswers.getAsBoolean();
    } catch (RuntimeException e) {
      LOG.debug("the CRI does not answer yet: {}", e.toString());
      return false;
    }
  }

  /// The process that now serves; a new one after a restart.
  public ProcessStamp process() {
    lock.lock();
    try {
      return process;
    } finally {
      lock.unlock();
    }
  }

  /// Ends the supervision. containerd and all containers go on, to be adopted by the next Ordinal.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Ends supervision and containerd itself. Containers go on until [Leftovers] or their pods end
  /// them.
  public void stop() {
    close();
    end(process());
  }

  /// Ends a containerd that no Ordinal supervises (any more).
  public static void stop(Footprint footprint) {
    recorded(footprint).filter(ProcessStamp::alive).ifPresent(Containerd::end);
  }

  /// Sees one containerd end after the other, for as long as nobody closes this.
  private void supervise() {
    var pause = FIRST_PAUSE;
    try {
      while (true) {
        var since = clock.instant();
        process().handle().ifPresent(handle -> handle.onExit().join());
        var lived = Duration.between(since, clock.instant());
        pause = lived.compareTo(LONGEST_PAUSE) > 0 ? FIRST_PAUSE : pause;
        if (closedWithin(pause)) {
          return;
        }
        LOG.warn("containerd {} ended by itself: starting another", process().pid());
        startAnother();
        pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Loop.Work logLook() {
    var log = new CappedLog(logOf(footprint), MOST_LOG);
    return () -> {
      if (closedWithin(LOG_PAUSE)) return false;
      log.look();
      return true;
    };
  }

  private static Path logOf(Footprint footprint) {
    return footprint.dataFolder().resolve("logs").resolve("containerd.log");
  }

  private void startAnother() {
    lock.lock();
    try {
      if (!closed) {
        process = spawn(footprint, program());
      }
    } catch (IOException e) {
      LOG.error("containerd cannot be started: {}", e.getMessage());
    } finally {
      lock.unlock();
    }
  }

  private boolean closedWithin(Duration pause) throws InterruptedException {
    lock.lock();
    try {
      var left = pause.toNanos();
      while (!closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static void end(ProcessStamp process) {
    process.handle().ifPresent(ProcessHandle::destroy);
    if (!awaitEnd(process, Duration.ofSeconds(5))) {
      LOG.warn("containerd {} did not end in time: killed", process.pid());
      process.handle().ifPresent(ProcessHandle::destroyForcibly);
      awaitEnd(process, Duration.ofSeconds(5));
    }
  }

  private static boolean awaitEnd(ProcessStamp process, Duration longest) {
    var end = System.nanoTime() + longest.toNanos();
    try {
      while (process.alive() && System.nanoTime() < end) {
        TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN.toNanos());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !process.alive();
  }

  private static boolean connects(Path socket) {
    try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return Files.exists(socket) && channel.connect(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      return false;
    }
  }

  private static Path program() throws IOException {
    return Command.find("containerd")
        .orElseThrow(() ->
            new IOException("containerd is not installed; on Debian: apt-get install containerd"));
  }

  /// After a reboot no process and no mount of the old state is left: what the state folder says is
  /// untrue.
  static void throwAwayStateOfAnotherBoot(Path folder, String bootId) throws IOException {
    var memory = folder.resolve("boot");
    if (Files.exists(memory) && !Files.readString(memory).equals(bootId)) {
      Folders.delete(folder.resolve("state"));
      Folders.delete(folder.resolve("addresses"));
      Files.deleteIfExists(folder.resolve("process"));
    }
    Files.writeString(memory, bootId);
  }

  private static ProcessStamp running(Footprint footprint, Path program, String text)
      throws IOException {
    var file = footprint.containerdFolder().resolve("config.toml");
    var before = Files.exists(file) ? Files.readString(file) : "";
    var running = recorded(footprint).filter(ProcessStamp::alive);
    if (running.isPresent() && before.equals(text)) {
      LOG.info("adopted containerd {}", running.get().pid());
      return running.get();
    }
    running.ifPresent(Containerd::end);
    Files.writeString(file, text);
    return spawn(footprint, program);
  }

  private static ProcessStamp spawn(Footprint footprint, Path program) throws IOException {
    var log = logOf(footprint);
    Files.createDirectories(log.getParent());
    var config = footprint.containerdFolder().resolve("config.toml");
    // The JVM closes every other descriptor in its children; setsid execs in place, so the id
    // stays.
    var child =
        new ProcessBuilder("setsid", program.toString(), "--config", config.toString())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .redirectErrorStream(true)
            .start();
    var process =
        ProcessStamp.of(child.pid())
            .orElseThrow(
                () -> new IOException("containerd ended at once; its last words are in " + log));
    Files.writeString(footprint.containerdFolder().resolve("process"), process.toString());
    LOG.info("started containerd {}", process.pid());
    return process;
  }

  private static Optional<ProcessStamp> recorded(Footprint footprint) {
    try {
      var file = footprint.containerdFolder().resolve("process");
      return Files.exists(file) ? ProcessStamp.parse(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
