package io.ordinal.server.stream;

import io.ordinal.server.Frames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/// A watch or a log over a WebSocket, a text message for each frame: how some clients ask first.
public final class WebSocketWatch implements Session.Listener.AutoDemanding {
  private final WebSocketMessages messages = new WebSocketMessages();
  private final Frames frames;
  private final Runnable atEnd;

  /// Streams these frames and closes them.
  ///
  /// @param atEnd run once, when no more is sent
  public WebSocketWatch(Frames frames, Runnable atEnd) {
    this.frames = frames;
    this.atEnd = atEnd;
  }

  @Override
  public void onWebSocketOpen(Session session) {
    messages.opened(session);
    Thread.ofVirtual().name("watch").start(() -> send(session));
  }

  private void send(Session session) {
    try (frames) {
      for (var frame = frames.take(); frame != null; frame = frames.take()) {
        messages.text(new String(frame, StandardCharsets.UTF_8));
      }
      messages.close();
    } catch (IOException | InterruptedException e) {
      session.disconnect();
    } finally {
      atEnd.run();
    }
  }

  @Override
  public void onWebSocketClose(int statusCode, String reason, Callback callback) {
    frames.close();
    callback.succeed();
  }

  @Override
  public void onWebSocketError(Throwable cause) {
    frames.close();
  }
}
