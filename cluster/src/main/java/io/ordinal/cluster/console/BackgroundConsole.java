package io.ordinal.cluster.console;

import io.ordinal.cluster.Parts;
import io.ordinal.cluster.UserError;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A console that starts beside the cluster, which waits for no more than what the user has to be
/// told of it. A cluster runs without it when its port is in use.
public final class BackgroundConsole implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BackgroundConsole.class);

  private final Parts parts = new Parts();
  private final CountDownLatch said = new CountDownLatch(1);
  private volatile Runnable renew = () -> {};

  private BackgroundConsole() {}

  /// None.
  public static BackgroundConsole none() {
    var console = new BackgroundConsole();
    console.said.countDown();
    return console;
  }

  /// @param start starts the console and runs what it is given once the user has been told
  /// @param say told when it does not start
  public static BackgroundConsole start(
      Function<Runnable, HubConsole> start, Consumer<String> say) {
    var console = new BackgroundConsole();
    var thread = Thread.ofVirtual().name("console").start(() -> console.run(start, say));
    console.parts.add(thread::interrupt);
    return console;
  }

  private void run(Function<Runnable, HubConsole> start, Consumer<String> say) {
    try {
      var running = parts.add(start.apply(said::countDown));
      renew = running::renew;
    } catch (UserError e) {
      say.accept("console: none, " + e.getMessage());
    } catch (RuntimeException | Error e) {
      LOG.error("the console does not start", e);
      say.accept("console: none, it does not start; the log says why");
    } finally {
      said.countDown();
    }
  }

  /// Waits until the user has been told where the console is.
  public void awaitSaid() throws InterruptedException {
    said.await();
  }

  /// Renews its certificates, if it runs.
  public void renew() {
    renew.run();
  }

  @Override
  public void close() {
    parts.close();
  }
}
