package io.ordinal.server.health;

import io.ordinal.server.ApiResponse.Whole;
import io.ordinal.server.Headers;
import io.ordinal.server.Query;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;

/// `/livez`, `/readyz`, `/healthz`: whole, `?verbose`, `?exclude=<check>`, and each check by its
/// path (contract C).
///
/// `/livez` asks nothing but the process: whoever restarts what is not alive would mend neither a
/// full disk nor a node by that.
public final class Health {
  private static final Set<String> ROOTS = Set.of("/livez", "/readyz", "/healthz");

  private final Map<String, Check> checks = new LinkedHashMap<>();
  private final AtomicBoolean stopping = new AtomicBoolean();

  /// One thing that must be well.
  @FunctionalInterface
  public interface Check {
    /// What is wrong; empty when all is well.
    Optional<String> problem();
  }

  /// What must be well for more than being alive comes by [#with].
  public Health() {}

  /// One more check of `/readyz`, under its name in `?verbose`. Before the server is used.
  public Health with(String name, Check check) {
    checks.put(name, check);
    return this;
  }

  /// From now on the server is alive, but not ready.
  public void stop() {
    stopping.set(true);
  }

  /// The answer for a path below one of the three roots; empty for a path of none, or of an unknown
  /// check.
  public Optional<Whole> answer(String path, Query query) {
    var second = path.indexOf('/', 1);
    var root = second < 0 ? path : path.substring(0, second);
    if (!ROOTS.contains(root)) {
      return Optional.empty();
    }
    var asked = checksOf(root);
    var name = second < 0 ? "" : path.substring(second + 1);
    if (name.isEmpty()) {
      return Optional.of(all(root.substring(1), asked, query));
    }
    return Optional.ofNullable(asked.get(name)).map(check -> one(name, check));
  }

  private Map<String, Check> checksOf(String root) {
    Map<String, Check> more = new LinkedHashMap<>();
    more.put("ping", Optional::empty);
    if (!root.equals("/readyz")) {
      return more;
    }
    more.putAll(checks);
    more.put(
        "shutdown",
        () -> stopping.get() ? Optional.of("process is shutting down") : Optional.empty());
    return more;
  }

  private static Whole one(String name, Check check) {
    return check
        .problem()
        .map(problem -> text(500, "internal server error: " + name + ": " + problem + "\n"))
        .orElseGet(() -> text(200, "ok"));
  }

  private static Whole all(String root, Map<String, Check> checks, Query query) {
    var excluded = new TreeSet<>(query.all("exclude"));
    var lines = new StringBuilder();
    var failed = false;
    for (var check : checks.entrySet()) {
      if (excluded.remove(check.getKey())) {
        lines.append("[+]").append(check.getKey()).append(" excluded: ok\n");
        continue;
      }
      // Reasons stay inside: anybody may ask.
      var well = check.getValue().problem().isEmpty();
      failed |= !well;
      lines.append(well ? "[+]" : "[-]").append(check.getKey());
      lines.append(well ? " ok\n" : " failed: reason withheld\n");
    }
    for (var unknown : excluded) {
      lines.append("warn: some health checks cannot be excluded: no matches for \"");
      lines.append(unknown).append("\"\n");
    }
    if (failed) {
      return text(500, lines + root + " check failed\n");
    }
    return text(200, query.has("verbose") ? lines + root + " check passed\n" : "ok");
  }

  private static Whole text(int status, String text) {
    var headers =
        Headers.of(
            "Content-Type", "text/plain; charset=utf-8", "X-Content-Type-Options", "nosniff");
    return new Whole(status, headers, List.of(text.getBytes(StandardCharsets.UTF_8)));
  }
}
