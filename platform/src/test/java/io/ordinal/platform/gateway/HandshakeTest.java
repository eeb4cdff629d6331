package io.ordinal.platform.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HandshakeTest {

  private static ByteArrayInputStream in(String text) {
    return new ByteArrayInputStream(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whatFollowsASwitchIsLeftForTheTunnel() throws IOException {
    var in = in("HTTP/1.1 101 Switching Protocols\nUpgrade: SPDY/3.1\n\nbytes");
    var handshake = Handshake.read(in);
    assertThat(handshake.status()).isEqualTo(101);
    assertThat(handshake.headers()).containsEntry("upgrade", "SPDY/3.1");
    assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("bytes");
  }

  @Test
  void aRefusalComesWithItsReason() throws IOException {
    var whole = Handshake.read(in("HTTP/1.1 404 Not Found\nContent-Length: 4\n\ngone and more"));
    assertThat(new String(whole.body(), StandardCharsets.UTF_8)).isEqualTo("gone");
    var chunked =
        Handshake.read(
            in("HTTP/1.1 403 Forbidden\nTransfer-Encoding: chunked\n\n3\nnot\n8\n for you\n0\n\n"));
    assertThat(new String(chunked.body(), StandardCharsets.UTF_8)).isEqualTo("not for you");
  }

  @Test
  void whatIsNoAnswerIsAnError() {
    assertError("SSH-2.0\n\n", "not an answer in HTTP/1.1");
    assertError("HTTP/1.1 101 x\nno colon\n\n", "not a header");
    assertError("HTTP/1.1 101 x\n", "it closed the connection");
    assertError("HTTP/1.1 101 x\nA: " + "b".repeat(40_000) + "\n\n", "its headers are too long");
  }

  private static void assertError(String answer, String why) {
    assertThatThrownBy(() -> Handshake.read(in(answer)))
        .isInstanceOf(IOException.class)
        .hasMessage(why);
  }
}
