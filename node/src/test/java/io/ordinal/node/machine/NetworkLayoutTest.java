package io.ordinal.node.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkLayoutTest {
  private final Footprint footprint = Footprint.of(Path.of("/data"));

  @Test
  void everyNodeHasItsOwnBridgeRangeAndAddress() {
    var layout =
        NetworkLayout.of(
            footprint,
            "cluster.local",
            Cidr.parse("10.100.0.0/16"),
            Cidr.parse("10.164.0.0/16"),
            List.of("one", "two"));
    var two = layout.node("two").orElseThrow();
    assertThat(two.bridge()).isEqualTo(footprint.bridge(2)).hasSizeLessThanOrEqualTo(15);
    assertThat(two.podCidr()).hasToString("10.100.2.0/24");
    assertThat(two.gateway()).hasToString("10.100.2.1");
    assertThat(two.address()).hasToString("10.100.0.2");
    assertThat(layout.dnsClusterIp()).hasToString("10.164.0.10");
    assertThat(layout.node("three")).isEmpty();
  }

  @Test
  void twoDataFoldersHaveDifferentNames() {
    var other = Footprint.of(Path.of("/other"));
    assertThat(other.table()).isNotEqualTo(footprint.table());
    assertThat(other.bridge(255)).isNotEqualTo(footprint.bridge(255)).hasSizeLessThanOrEqualTo(15);
    assertThat(Footprint.of(Path.of("/data/x/.."))).isEqualTo(footprint);
  }

  @Test
  void rangesAreComparedAsSetsOfAddresses() {
    var wide = Cidr.parse("10.0.0.0/8");
    assertThat(wide.overlaps(Cidr.parse("10.1.2.0/24"))).isTrue();
    assertThat(Cidr.parse("10.1.2.0/24").overlaps(wide)).isTrue();
    assertThat(Cidr.parse("10.1.2.0/24").overlaps(Cidr.parse("10.1.3.0/24"))).isFalse();
    assertThat(Cidr.parse("192.168.0.0/16").contains(Ipv4.parse("192.168.255.255"))).isTrue();
    assertThatThrownBy(() -> Cidr.parse("10.0.0.1/8")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void addressesAreReadStrictly() {
    assertThat(Ipv4.parse("255.0.10.1")).hasToString("255.0.10.1");
    assertThat(Ipv4.parse("9.0.0.1")).isLessThan(Ipv4.parse("200.0.0.1"));
    for (var bad :
        List.of("1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.", "a.b.c.d", "::1", "")) {
      assertThat(Ipv4.find(bad)).as(bad).isEmpty();
    }
  }
}
