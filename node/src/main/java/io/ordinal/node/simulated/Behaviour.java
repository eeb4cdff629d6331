package io.ordinal.node.simulated;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// How one simulated container behaves.
///
/// Pods may say so themselves by annotations, for all containers or for one (`…/exit.web`):
///
/// | annotation | value | meaning |
/// |---|---|---|
/// | `simulated.ordinal.io/start-delay` | `2s` | it takes this long to run |
/// | `simulated.ordinal.io/exit` | `1 after 5s` | it ends with this code |
/// | `simulated.ordinal.io/ready` | `never`, `after 5s` | when its probes succeed |
/// | `simulated.ordinal.io/stop-delay` | `3s` | how long it takes to heed a stop signal |
public record Behaviour(
    Duration startDelay, Optional<Exit> exit, Optional<Duration> readyAfter, Duration stopDelay) {
  private static final String PREFIX = "simulated.ordinal.io/";

  /// The container ends by itself.
  public record Exit(int code, Duration after) {}

  /// Runs at once, is ready at once, runs until it is stopped.
  public static final Behaviour ORDINARY =
      new Behaviour(Duration.ZERO, Optional.empty(), Optional.of(Duration.ZERO), Duration.ZERO);

  /// What an init container does that nobody says anything about: it does its work at once and ends
  /// well.
  static final Behaviour INIT =
      new Behaviour(
          Duration.ZERO,
          Optional.of(new Exit(0, Duration.ZERO)),
          Optional.of(Duration.ZERO),
          Duration.ZERO);

  /// What a pod's annotations say about one of its containers.
  public static Behaviour of(Map<String, String> annotations, String container) {
    if (annotations.keySet().stream().noneMatch(key -> key.startsWith(PREFIX))) {
      return ORDINARY;
    }
    return new Behaviour(
        value(annotations, "start-delay", container).map(Behaviour::duration).orElse(Duration.ZERO),
        value(annotations, "exit", container).map(Behaviour::exit),
        ready(value(annotations, "ready", container).orElse("after 0s")),
        value(annotations, "stop-delay", container).map(Behaviour::duration).orElse(Duration.ZERO));
  }

  private static Optional<String> value(
      Map<String, String> annotations, String key, String container) {
    return Optional.ofNullable(annotations.get(PREFIX + key + "." + container))
        .or(() -> Optional.ofNullable(annotations.get(PREFIX + key)));
  }

  private static Exit exit(String text) {
    var parts = text.split(" after ", 2);
    var after = parts.length == 2 ? duration(parts[1]) : Duration.ZERO;
    return new Exit(Integer.parseInt(parts[0].strip()), after);
  }

  private static Optional<Duration> ready(String text) {
    return text.startsWith("after ")
        ? Optional.of(duration(text.substring("after ".length())))
        : Optional.empty();
  }

  /// `250ms`, `5s`, `2m`.
  static Duration duration(String text) {
    var trimmed = text.strip();
    var unit = trimmed.replaceAll("[0-9]", "");
    var count = Long.parseLong(trimmed.substring(0, trimmed.length() - unit.length()));
    return switch (unit) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> throw new IllegalArgumentException("not a duration: " + text);
    };
  }
}
