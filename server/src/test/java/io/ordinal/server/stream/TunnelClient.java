package io.ordinal.server.stream;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.net.ssl.SSLSocket;

/// The client's end of bytes that travel as messages of a WebSocket (RFC 6455). The JDK's own
/// client does not take kubectl's protocol for a name.
final class TunnelClient {
  private static final int BINARY = 0x82;
  private static final int MASKED = 0x80;
  private static final int NO_MASK_BYTES = 4;
  private static final int TWO_BYTE_LENGTH = 126;

  private final DataInputStream in;
  private final OutputStream out;

  TunnelClient(SSLSocket socket) throws IOException {
    in = new DataInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  InputStream in() {
    return new InputStream() {
      private ByteBuffer message = ByteBuffer.allocate(0);

      @Override
      public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int from, int length) throws IOException {
        while (length > 0 && !message.hasRemaining()) {
          message = ByteBuffer.wrap(receive());
        }
        var count = Math.min(length, message.remaining());
        message.get(bytes, from, count);
        return count;
      }
    };
  }

  private byte[] receive() throws IOException {
    var kind = in.readUnsignedByte();
    if (kind != BINARY) {
      throw new IOException("frame of kind " + kind);
    }
    var length = in.readUnsignedByte();
    return in.readNBytes(length == TWO_BYTE_LENGTH ? in.readUnsignedShort() : length);
  }

  /// Cuts what is written into pieces of three bytes: no message has to hold a frame.
  OutputStream out() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        for (int at = from; at < from + length; at += 3) {
          send(Arrays.copyOfRange(bytes, at, Math.min(at + 3, from + length)));
        }
      }
    };
  }

  private void send(byte[] piece) throws IOException {
    var frame = ByteBuffer.allocate(2 + NO_MASK_BYTES + piece.length);
    frame.put((byte) BINARY).put((byte) (MASKED | piece.length)).putInt(0).put(piece);
    out.write(frame.array());
  }
}
