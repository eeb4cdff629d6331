package io.ordinal.server;

import io.ordinal.server.health.Metrics;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives each request an id, counts and times it, and writes a line about it to the access log.
final class Audit {
  private static final Logger ACCESS = LoggerFactory.getLogger("io.ordinal.access");
  private static final HexFormat HEX = HexFormat.of();
  private static final double NANOS_PER_MILLI = 1e6;

  private final Metrics metrics;
  private final String idPrefix;
  private final AtomicLong ids = new AtomicLong();

  Audit(Metrics metrics, RandomGenerator random) {
    this.metrics = metrics;
    this.idPrefix = HEX.toHexDigits(random.nextLong()) + "-";
  }

  /// What is known about one request.
  final class Entry {
    private final ApiRequest request;
    private final String id;
    private final long start = System.nanoTime();
    private @Nullable User user;
    private @Nullable User actsAs;
    private Metrics.Kind kind;

    private Entry(ApiRequest request, String id) {
      this.request = request;
      this.id = id;
      this.kind = new Metrics.Kind("other", "", "");
    }

    void by(User known) {
      user = known;
    }

    /// The user as whom the sender acts, which is most often itself.
    void as(User other) {
      actsAs = other;
    }

    /// The target of an allowed request. What nobody may ask for is not told apart, so that
    /// strangers cannot fill the metrics.
    void about(Optional<Target> target) {
      kind =
          target
              .map(t -> new Metrics.Kind(t.verb().word(), t.group(), t.resourcePath()))
              .orElseGet(() -> new Metrics.Kind("get", "", ""));
    }

    String id() {
      return id;
    }

    private String impersonated() {
      return actsAs == null || actsAs.equals(user)
          ? ""
          : " impersonatedUser=\"" + actsAs.name() + "\" impersonatedGroups=" + actsAs.groups();
    }

    /// The response as it leaves.
    ApiResponse answered(ApiResponse response) {
      var nanos = System.nanoTime() - start;
      metrics.answered(kind, response.status(), nanos);
      if (ACCESS.isDebugEnabled()) {
        ACCESS.debug(
            "method={} uri=\"{}{}\" user=\"{}\"{} code={} ms={} audit={}",
            request.method(),
            request.path(),
            request.query() == Query.NONE ? "" : "?" + request.query(),
            user == null ? "-" : user.name(),
            impersonated(),
            response.status(),
            nanos / NANOS_PER_MILLI,
            id);
      }
      var marks = Headers.of("Audit-Id", id, "Cache-Control", "no-cache, private");
      return switch (response) {
        case ApiResponse.Whole r ->
            new ApiResponse.Whole(r.status(), marks.with(r.headers()), r.body());
        case ApiResponse.Streamed r ->
            new ApiResponse.Streamed(
                r.status(),
                marks.with(r.headers()),
                new CountedFrames(r.frames(), metrics.streams(kind)));
        case ApiResponse.Upgrade r -> new ApiResponse.Upgrade(marks.with(r.headers()), r.call());
      };
    }
  }

  Entry begin(ApiRequest request) {
    return new Entry(request, idPrefix + HEX.toHexDigits(ids.incrementAndGet()));
  }
}
