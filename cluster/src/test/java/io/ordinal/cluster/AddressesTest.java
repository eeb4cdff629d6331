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
}
