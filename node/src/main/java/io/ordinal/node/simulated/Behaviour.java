package io.ordinal.node.simulated;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How one simulated container behaves.
///
/// Pods may say so themselves by annotations, for all containers or for one (`…/exit.web`):
///
/// | annotation | value | meaning |
/// |---|---|---|
/// | `simulated.ordinal.io/start-delay` | `2s` | it takes this long to run |
/// | `simulated.ordinal.io/exit` | `1 after 5s` | it ends with this code |
/// | `simulated.ordinal.io/exit-reason` | `OOMKilled` | and the runtime calls it so |
/// | `simulated.ordinal.io/says` | `no such table` | what it says at its end |
/// | `simulated.ordinal.io/trouble` | `FailedMount: no such disk` | this fails, see [Trouble] |
/// | `simulated.ordinal.io/ready` | `never`, `after 5s` | when its probes succeed |
/// | `simulated.ordinal.io/stop-delay` | `3s` | how long it takes to heed a stop signal |
public record Behaviour(
    Duration startDelay, Optional<Exit> exit, Optional<Duration> readyAfter, Duration stopDelay) {

  /// Something about a pod that fails as long as it exists: `FailedMount` and `FailedAttachVolume`
  /// its volumes, `FailedCreatePodSandBox` its sandbox, `CreateContainerConfigError`,
  /// `CreateContainerError` and `RunContainerError` the steps to a running container.
  public record Trouble(String reason, String message) {}

  private static final String PREFIX = "simulated.ordinal.io/";

  /// The container ends by itself.
  ///
  /// @param reason as the runtime calls it; "" for the usual word
  public record Exit(int code, Duration after, String reason) {}

  /// Runs at once, is ready at once, runs until it is stopped.
  public static final Behaviour ORDINARY =
      new Behaviour(Duration.ZERO, Optional.empty(), Optional.of(Duration.ZERO), Duration.ZERO);

  /// What an init container does that nobody says anything about: it does its work at once and ends
  /// well.
  static final Behaviour INIT =
      new Behaviour(
          Duration.ZERO,
          Optional.of(new Exit(0, Duration.ZERO, "")),
          Optional.of(Duration.ZERO),
          Duration.ZERO);

  /// What a pod's annotations say about one of its containers.
  public static Behaviour of(Map<String, String> annotations, String container) {
    if (annotations.keySet().stream().noneMatch(key -> key.startsWith(PREFIX))) {
      return ORDINARY;
    }
    return new Behaviour(
        value(annotations, "start-delay", container).map(Behaviour::duration).orElse(Duration.ZERO),
        value(annotations, "exit", container)
            .map(text -> exit(text, value(annotations, "exit-reason", container).orElse(""))),
        ready(value(annotations, "ready", container).orElse("after 0s")),
        value(annotations, "stop-delay", container).map(Behaviour::duration).orElse(Duration.ZERO));
  }

  private static Optional<String> value(
      Map<String, String> annotations, String key, String container) {
    return Optional.ofNullable(annotations.get(PREFIX + key + "." + container))
        .or(() -> Optional.ofNullable(annotations.get(PREFIX + key)));
  }

  /// What a pod's annotations say that fails, if it is one of these reasons.
  static Optional<Trouble> trouble(
      Map<String, String> annotations, String container, Set<String> reasons) {
    return value(annotations, "trouble", container)
        .map(text -> text.split(": ", 2))
        .map(parts -> new Trouble(parts[0], parts.length == 2 ? parts[1] : ""))
        .filter(trouble -> reasons.contains(trouble.reason()));
  }

  /// What a container says at its end; "" for nothing.
  static String says(Map<String, String> annotations, String container) {
    return value(annotations, "says", container).orElse("");
  }

  private static Exit exit(String text, String reason) {
    var parts = text.split(" after ", 2);
    var after = parts.length == 2 ? duration(parts[1]) : Duration.ZERO;
    return new Exit(Integer.parseInt(parts[0].strip()), after, reason);
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
