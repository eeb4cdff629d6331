package io.ordinal.platform.why.facts;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Something that happened to an object.
///
/// @param container the container that it is about; "" for the whole object
public record Event(String reason, String message, String container, Instant last) {

  static final Comparator<Event> NEWEST_FIRST = Comparator.comparing(Event::last).reversed();

  static Event of(JsonNode json) {
    var path = json.at("/involvedObject/fieldPath").asString("");
    var open = path.indexOf('{');
    var container = open < 0 ? "" : path.substring(open + 1).replace("}", "");
    return new Event(
        json.path("reason").asString(""), json.path("message").asString(""), container, seen(json));
  }

  /// Three generations of clients write it in three places.
  private static Instant seen(JsonNode json) {
    return Stream.of(
            "/series/lastObservedTime",
            "/lastTimestamp",
            "/eventTime",
            "/metadata/creationTimestamp")
        .map(pointer -> Thing.instant(json.at(pointer)))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(Instant.EPOCH);
  }
}
