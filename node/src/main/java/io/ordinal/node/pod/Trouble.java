package io.ordinal.node.pod;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Why something could not be done, and when it is tried again.
///
/// @param reason a waiting reason such as `ErrImagePull`
/// @param failures how often in a row
public record Trouble(String reason, String message, Instant since, Instant retryAt, int failures) {
  private static final Duration SHOWN_AS_ERROR = Duration.ofSeconds(2);

  /// After a failed pull the reason soon says that the next attempt is being waited for.
  public String reasonAt(Instant now) {
    return backingOff(now) ? "ImagePullBackOff" : reason;
  }

  /// The message that goes with [#reasonAt].
  public String messageAt(Instant now, String image) {
    return backingOff(now)
        ? "Back-off pulling image \"" + image + "\": " + reason + ": " + message
        : message;
  }

  private boolean backingOff(Instant now) {
    return nextReasonAt().filter(at -> !now.isBefore(at)).isPresent();
  }

  /// When `ErrImagePull` becomes `ImagePullBackOff`; empty for other reasons.
  public Optional<Instant> nextReasonAt() {
    return reason.equals("ErrImagePull")
        ? Optional.of(since.plus(SHOWN_AS_ERROR))
        : Optional.empty();
  }
}
