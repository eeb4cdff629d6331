package io.ordinal.platform.why.rules;

import static io.ordinal.platform.why.facts.Cause.*;

import io.ordinal.platform.why.facts.Cause;
import io.ordinal.platform.why.facts.Finding;
import io.ordinal.platform.why.facts.Thing;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Objects that a pod names and that are not there, as messages tell of them.
final class References {

  private static final Pattern OBJECT =
      Pattern.compile("(?i)\\b(configmap|secret|serviceaccount) \"([^\"]+)\" not found");
  private static final Pattern KEY =
      Pattern.compile("couldn't find key (\\S+) in (ConfigMap|Secret) [^/\\s]+/(\\S+)");
  private static final Pattern PROJECTED =
      Pattern.compile("references non-existent (config|secret) key: (\\S+)");

  private References() {}

  /// What is missing, if that is what the message says.
  static Optional<Finding> missing(Thing object, String field, String message) {
    var key = KEY.matcher(message);
    if (key.find()) {
      return Optional.of(
          Finding.of(KEY_MISSING, object, field)
              .with("key", key.group(1))
              .with("kind", key.group(2))
              .with("missing", key.group(3)));
    }
    var projected = PROJECTED.matcher(message);
    if (projected.find()) {
      var kind = projected.group(1).equals("config") ? "ConfigMap" : "Secret";
      return Optional.of(
          Finding.of(VOLUME_KEY_MISSING, object, field)
              .with("key", projected.group(2))
              .with("kind", kind));
    }
    var found = OBJECT.matcher(message);
    if (!found.find()) return Optional.empty();
    return Optional.of(
        Finding.of(cause(found.group(1)), object, field).with("missing", found.group(2)));
  }

  private static Cause cause(String kind) {
    return switch (kind.toLowerCase(Locale.ROOT)) {
      case "configmap" -> CONFIG_MAP_MISSING;
      case "secret" -> SECRET_MISSING;
      default -> SERVICE_ACCOUNT_MISSING;
    };
  }
}
