package io.ordinal.server.stream;

import io.ordinal.server.ApiException;
import io.ordinal.server.NodeStreams.LogOptions;
import io.ordinal.server.Query;
import io.ordinal.server.Status;
import io.ordinal.server.Status.Cause;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Reads and checks the parameters of `pods/{name}/log` (PodLogOptions).
final class LogParameters {
  private final Query query;
  private final List<Cause> causes = new ArrayList<>();

  private LogParameters(Query query) {
    this.query = query;
  }

  /// @throws ApiException 400 for what cannot be read, 422 for what makes no sense
  static LogOptions parse(Query query, String pod, String container, Instant now) {
    return new LogParameters(query).options(pod, container, now);
  }

  private LogOptions options(String pod, String container, Instant now) {
    var tail = number("tailLines", 0, "must be greater than or equal to 0");
    var limit = number("limitBytes", 1, "must be greater than 0");
    var since = since(now);
    if (!causes.isEmpty()) {
      throw new ApiException(Status.invalid("", "PodLogOptions", pod, causes));
    }
    return new LogOptions(
        container,
        query.flag("follow"),
        query.flag("previous"),
        query.flag("timestamps"),
        since,
        tail.isPresent()
            ? OptionalInt.of((int) Math.min(Integer.MAX_VALUE, tail.getAsLong()))
            : OptionalInt.empty(),
        limit);
  }

  private @Nullable Instant since(Instant now) {
    var seconds = number("sinceSeconds", 1, "must be greater than 0");
    var time = query.first("sinceTime");
    if (seconds.isPresent() && !time.isEmpty()) {
      causes.add(
          new Cause(
              "FieldValueForbidden",
              "Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified",
              ""));
    }
    if (seconds.isPresent()) {
      return now.minusSeconds(seconds.getAsLong());
    }
    return time.isEmpty() ? null : instant(time);
  }

  private static Instant instant(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new ApiException(
          Status.badRequest("sinceTime: \"" + text + "\" is not a time as RFC 3339 writes it"));
    }
  }

  private OptionalLong number(String name, long least, String rule) {
    var text = query.first(name);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      var number = Long.parseLong(text);
      if (number < least) {
        causes.add(new Cause("FieldValueInvalid", "Invalid value: " + number + ": " + rule, name));
      }
      return OptionalLong.of(number);
    } catch (NumberFormatException e) {
      throw new ApiException(Status.badRequest(name + ": \"" + text + "\" is not a whole number"));
    }
  }
}
