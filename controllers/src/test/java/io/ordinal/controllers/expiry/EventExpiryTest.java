package io.ordinal.controllers.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.ordinal.controllers.manifests.Manifests;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventExpiryTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lastTimestamp: '2026-01-01T00:59:59Z' | true",
        "lastTimestamp: '2026-01-01T01:00:01Z' | false",
        "eventTime: '2026-01-01T00:30:00.000000Z' | true",
        "eventTime: '2026-01-01T00:30:00.000000Z', series: {count: 2, lastObservedTime: '2026-01-01T01:30:00.000000Z'} | false",
        "message: no time at all | false",
      })
  void anEventIsOldWhenItWasLastToldLongAgo(String fields, boolean old) {
    var event = Manifests.of(Event.class, "{metadata: {name: e}, %s}".formatted(fields));
    assertThat(EventExpiry.isOlder(event, Instant.parse("2026-01-01T01:00:00Z"))).isEqualTo(old);
  }
}
