package io.ordinal.cluster.door;

import io.fabric8.kubernetes.client.http.WebSocket;
import io.ordinal.server.Frames;
import java.nio.ByteBuffer;

/// A watch that looks like a WebSocket. Nothing can be sent on it; closing it ends the watch.
record WatchSocket(Frames frames) implements WebSocket {

  static final int NORMAL = 1000;

  @Override
  public boolean send(ByteBuffer buffer) {
    return false;
  }

  @Override
  public boolean sendClose(int code, String reason) {
    frames.close();
    return true;
  }

  @Override
  public long queueSize() {
    return 0;
  }

  @Override
  public void request() {
    // The listener takes every frame as it comes; a watch never waits for it.
  }
}
