package io.ordinal.node.logs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The log of one run of a container, as kubectl shows it (contract M13).
public final class LogReader implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final int LARGEST_PIECE = 64 << 10;

  /// What is to be shown.
  ///
  /// @param since nothing before it, null = everything
  /// @param tailLines only so many of the last lines of the current file
  /// @param limitBytes not more than so many bytes
  public record Options(
      boolean follow,
      boolean timestamps,
      @Nullable Instant since,
      OptionalInt tailLines,
      OptionalLong limitBytes) {}

  private final LogTail tail;
  private final Options options;
  private final BooleanSupplier goesOn;
  private long left;
  private boolean ended;
  private boolean lineBegins = true;

  /// `goesOn` says whether the container may still write.
  public LogReader(Path file, Options options, BooleanSupplier goesOn) throws IOException {
    this.tail = new LogTail(file, options.tailLines().orElse(-1));
    this.options = options;
    this.goesOn = goesOn;
    this.left = options.limitBytes().orElse(Long.MAX_VALUE);
  }

  /// What there is to show now, null for nothing; then [#ended] says whether more may come.
  public synchronized byte @Nullable [] poll() throws IOException {
    boolean last = !options.follow() || !goesOn.getAsBoolean();
    var piece = new ByteArrayOutputStream();
    while (!ended && piece.size() < LARGEST_PIECE) {
      var line = tail.next();
      if (line == null) {
        ended = last;
        break;
      }
      show(line, piece);
    }
    return piece.size() == 0 ? null : piece.toByteArray();
  }

  private void show(LogLine line, ByteArrayOutputStream piece) {
    if (options.since() != null && !line.since(options.since())) {
      return;
    }
    if (options.timestamps() && lineBegins) {
      put((line.time() + " ").getBytes(StandardCharsets.US_ASCII), piece);
    }
    put(line.content(), piece);
    lineBegins = line.whole();
  }

  private void put(byte[] bytes, ByteArrayOutputStream piece) {
    if (bytes.length > left) {
      piece.writeBytes(Arrays.copyOf(bytes, (int) left));
      left = 0;
      ended = true;
    } else {
      piece.writeBytes(bytes);
      left -= bytes.length;
    }
  }

  /// Waits for something to show; null = there will be no more.
  public byte @Nullable [] take() throws IOException, InterruptedException {
    while (true) {
      var piece = poll();
      if (piece != null || ended()) {
        return piece;
      }
      Thread.sleep(PAUSE);
    }
  }

  /// True when everything was shown and no more will come.
  public synchronized boolean ended() {
    return ended;
  }

  @Override
  public synchronized void close() throws IOException {
    ended = true;
    tail.close();
  }
}
