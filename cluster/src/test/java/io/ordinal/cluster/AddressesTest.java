package io.ordinal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AddressesTest {

  @Test
  void theDefaultFolderHasNumberZero() {
    assertThat(Addresses.of(DataFolder.defaultPath())).isEqualTo(new Addresses(0));
  }

  @Test
  void aFolderKeepsItsRanges() {
    assertThat(Addresses.of(Path.of("/a/b"))).isEqualTo(Addresses.of(Path.of("/a/b")));
  }

  @Test
  void noRangeOfOneClusterIsARangeOfAnother() {
    var seen = new HashSet<String>();
    IntStream.rangeClosed(0, 59)
        .mapToObj(Addresses::new)
        .forEach(a -> {
          assertThat(seen.add(a.serviceCidr())).isTrue();
          assertThat(seen.add(a.podCidr())).isTrue();
        });
  }

  @Test
  void aClusterIpTellsItsRanges() {
    assertThat(Addresses.ofClusterIp("10.119.0.1")).contains(new Addresses(23));
    assertThat(Addresses.ofClusterIp("10.96.0.1")).contains(new Addresses(0));
    assertThat(Addresses.ofClusterIp("192.168.0.1")).isEmpty();
    assertThat(Addresses.ofClusterIp("None")).isEmpty();
  }

  @Test
  void rangesThatSomebodyHasAreLeftAlone() {
    var last = new Addresses(59);
    assertThat(last.orNext(a -> false)).isEqualTo(last);
    assertThat(last.orNext(last::equals)).isEqualTo(new Addresses(1));
    assertThat(new Addresses(0).orNext(a -> a.number() < 3)).isEqualTo(new Addresses(3));
  }
}
