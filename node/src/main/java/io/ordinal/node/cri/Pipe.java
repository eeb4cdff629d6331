package io.ordinal.node.cri;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/// Bytes handed from one thread to another. The writer waits while too much lies unread.
final class Pipe extends InputStream {
  private static final int ROOM = 256 << 10;

  private final Deque<byte[]> pieces = new ArrayDeque<>();
  private int held;
  private int position;
  private boolean ended;
  private boolean abandoned;

  /// Adds bytes at the end; what nobody will read is dropped.
  synchronized void put(byte[] bytes) throws InterruptedException {
    while (held >= ROOM && !abandoned) {
      wait();
    }
    if (!abandoned && bytes.length > 0) {
      pieces.add(bytes);
      held += bytes.length;
      notifyAll();
    }
  }

  /// Nothing more will come.
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public synchronized int read(byte[] to, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    awaitPieces();
    var first = pieces.peek();
    if (first == null || abandoned) {
      return -1;
    }
    int count = Math.min(length, first.length - position);
    System.arraycopy(first, position, to, from, count);
    position += count;
    if (position == first.length) {
      pieces.remove();
      position = 0;
    }
    held -= count;
    notifyAll();
    return count;
  }

  @Override
  public synchronized int available() {
    return held;
  }

  private synchronized void awaitPieces() throws IOException {
    try {
      while (pieces.isEmpty() && !ended && !abandoned) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for output", e);
    }
  }

  @Override
  public synchronized void close() {
    abandoned = true;
    pieces.clear();
    held = 0;
    notifyAll();
  }
}
