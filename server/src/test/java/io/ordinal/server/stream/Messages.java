package io.ordinal.server.stream;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// What comes over a WebSocket: binary messages as `channel:text`, text messages as `text:...`.
final class Messages implements WebSocket.Listener {
  private final LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
  final CompletableFuture<Integer> closed = new CompletableFuture<>();

  /// A message for a channel.
  static ByteBuffer of(int channel, String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(1 + bytes.length).put((byte) channel).put(bytes).flip();
  }

  String next() throws InterruptedException {
    return String.valueOf(queue.poll(20, TimeUnit.SECONDS));
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
    var channel = data.get() & 0xff;
    queue.add(channel + ":" + StandardCharsets.UTF_8.decode(data));
    socket.request(1);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    queue.add("text:" + data);
    socket.request(1);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    closed.complete(code);
    return CompletableFuture.completedStage(null);
  }
}
