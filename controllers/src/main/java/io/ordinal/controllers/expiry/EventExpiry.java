package io.ordinal.controllers.expiry;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.ordinal.controllers.context.ControllerContext;
import io.ordinal.kube.ObjectKey;
import io.ordinal.kube.Outcome;
import io.ordinal.kube.Writer;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Events live for an hour after they were last told. They are not kept in memory for that: every
/// few minutes they are read page by page, and the old ones are deleted.
public final class EventExpiry {
  static final Duration LIFE = Duration.ofHours(1);
  private static final Duration PERIOD = Duration.ofMinutes(5);
  private static final int PAGE = 500;

  private final KubernetesClient client;
  private final Writer writer;
  private final Clock wall;
  private final Clock steady;

  /// Adds the controller to the context's.
  public EventExpiry(ControllerContext context) {
    client = context.client("event-expiry-controller");
    writer = new Writer(client);
    wall = context.wall();
    steady = context.steady();
    context.controller("event-expiry", _ -> reconcile(), 1).add(new ObjectKey("", "events"));
  }

  private Outcome reconcile() {
    Instant latest = wall.instant().minus(LIFE);
    String next = "";
    do {
      EventList page = page(next);
      page.getItems().stream().filter(e -> isOlder(e, latest)).forEach(this::remove);
      next = Optional.ofNullable(page.getMetadata().getContinue()).orElse("");
    } while (!next.isEmpty());
    return new Outcome.LookAgainAt(steady.instant().plus(PERIOD));
  }

  private EventList page(String from) {
    ListOptions options =
        new ListOptionsBuilder()
            .withLimit((long) PAGE)
            .withContinue(from.isEmpty() ? null : from)
            .build();
    return client.v1().events().inAnyNamespace().list(options);
  }

  /// One that is told once more in this very moment has another version and stays.
  private void remove(Event event) {
    try {
      writer.deleteUnchanged(event);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
    }
  }

  static boolean isOlder(Event event, Instant latest) {
    return lastTold(event).filter(t -> t.isBefore(latest)).isPresent();
  }

  /// The newest of all the times that an event carries.
  private static Optional<Instant> lastTold(Event event) {
    return Stream.of(
            time(event.getMetadata().getCreationTimestamp()),
            time(event.getLastTimestamp()),
            time(event.getEventTime() == null ? null : event.getEventTime().getTime()),
            time(
                event.getSeries() == null || event.getSeries().getLastObservedTime() == null
                    ? null
                    : event.getSeries().getLastObservedTime().getTime()))
        .flatMap(Optional::stream)
        .max(Instant::compareTo);
  }

  private static Optional<Instant> time(@Nullable String text) {
    return text == null || text.isEmpty()
        ? Optional.empty()
        : Optional.of(OffsetDateTime.parse(text).toInstant());
  }
}
