package io.ordinal.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.server.PodConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A forwarded connection whose pod, or whose client, does not behave.
@Timeout(60)
class ForwardingTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final byte[] PIECE = new byte[16 * 1024];

  @Test
  void allThatIsSentArrivesAlsoWhenItIsMoreThanFits() throws Exception {
    var client = new Heard();
    var forwarding = new Forwarding(client, LONG);
    forwarding.start(() -> Pod.echo());
    for (int i = 0; i < 200; i++) {
      forwarding.put(PIECE, PIECE.length);
    }
    forwarding.put(new byte[] {'!'}, 1);
    forwarding.finish();
    assertThat(client.end()).isEmpty();
    var received = client.received.toByteArray();
    assertThat(received).hasSize(200 * PIECE.length + 1).endsWith((byte) '!');
  }

  @Test
  void aPodThatTakesNothingIsGivenUpAndHoldsNobodyUpAfterwards() throws Exception {
    var client = new Heard();
    var forwarding = new Forwarding(client, Duration.ofMillis(50));
    forwarding.start(() -> Pod.silent());
    // Far more than fits; only the first of those that do not may wait.
    for (int i = 0; i < 200; i++) {
      forwarding.put(new byte[1 << 20], 1 << 20);
    }
    assertThat(client.end()).startsWith("the pod has taken nothing for");
  }

  @Test
  void oneThatIsResetWhileItIsBeingOpenedHasNotFailed() throws Exception {
    var client = new Heard();
    var opening = new CountDownLatch(1);
    var reset = new CountDownLatch(1);
    var pod = Pod.echo();
    var forwarding = new Forwarding(client, LONG);
    forwarding.start(() -> {
      opening.countDown();
      awaitQuietly(reset);
      return pod;
    });
    opening.await();
    forwarding.close();
    reset.countDown();
    assertThat(client.end()).isEmpty();
    assertThat(pod.closed.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aDefectIsToldAndHoldsNobodyUp() throws Exception {
    var client = new Heard();
    var forwarding = new Forwarding(client, LONG);
    forwarding.start(() -> {
      throw new IllegalStateException("no such thing");
    });
    assertThat(client.end()).isEqualTo("internal error: no such thing");
    for (int i = 0; i < 200; i++) {
      forwarding.put(PIECE, PIECE.length);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Heard implements Forwarding.Client {
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final CompletableFuture<String> ended = new CompletableFuture<>();

    @Override
    public void data(byte[] bytes, int length) {
      received.write(bytes, 0, length);
    }

    @Override
    public void end(String failure) {
      ended.complete(failure);
    }

    String end() throws Exception {
      return ended.get(20, TimeUnit.SECONDS);
    }
  }

  /// A pod that says what it hears, or one that does not even listen.
  private record Pod(InputStream input, OutputStream output, CountDownLatch closed)
      implements PodConnection {
    static Pod echo() {
      var pipe = pipe();
      return new Pod(
          Channels.newInputStream(pipe.source()),
          Channels.newOutputStream(pipe.sink()),
          new CountDownLatch(1));
    }

    /// Nobody reads the one pipe, and nobody writes into the other.
    static Pod silent() {
      return new Pod(
          Channels.newInputStream(pipe().source()),
          Channels.newOutputStream(pipe().sink()),
          new CountDownLatch(1));
    }

    private static Pipe pipe() {
      try {
        return Pipe.open();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public String failure() {
      return "";
    }

    @Override
    public void close() {
      try {
        input.close();
        output.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        closed.countDown();
      }
    }
  }
}
