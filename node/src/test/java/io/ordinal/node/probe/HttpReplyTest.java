package io.ordinal.node.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Servers that leave the connection open, whatever they were asked.
class HttpReplyTest {

  /// A connection on which nothing comes any more: whoever reads on would wait for ever.
  private static final class Silent extends InputStream {
    @Override
    public int read() {
      throw new AssertionError("read on after the reply's end");
    }

    @Override
    public int read(byte[] bytes, int from, int length) {
      return read();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n",
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n"
      })
  void aReplyEndsWhereItSays(String reply) throws IOException {
    var sent = new ByteArrayInputStream(reply.getBytes(StandardCharsets.US_ASCII));
    var read = HttpReply.read(new SequenceInputStream(sent, new Silent()));
    assertThat(new String(read, StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 2");
  }
}
