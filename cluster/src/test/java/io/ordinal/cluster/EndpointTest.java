package io.ordinal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EndpointTest {

  @Test
  void oneAddressIsItself() {
    assertThat(new Endpoint("192.0.2.7").names()).containsExactly("192.0.2.7");
    assertThat(new Endpoint("192.0.2.7").url(6443)).isEqualTo("https://192.0.2.7:6443");
    assertThat(new Endpoint("2001:db8::7").url(6443)).isEqualTo("https://[2001:db8::7]:6443");
  }

  @Test
  void nobodyConnectsToAllAddresses() {
    var all = new Endpoint("0.0.0.0");
    assertThat(all.names()).contains("127.0.0.1").doesNotContain("0.0.0.0");
    assertThat(all.url(6443)).isEqualTo("https://127.0.0.1:6443");
    assertThat(new Endpoint("::").names()).contains("127.0.0.1");
  }
}
