package io.ordinal.server.answer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// One clause of an Accept header, for example `application/json;as=Table;g=meta.k8s.io;v=v1`.
///
/// @param type in lower case, without parameters
public record MediaRange(String type, Map<String, String> parameters) {
  /// The clauses of an Accept header, the most wanted first; clauses of the same `q` keep their
  /// order. Nothing at all means anything.
  public static List<MediaRange> parse(List<String> accept) {
    var clauses = new ArrayList<MediaRange>();
    for (var header : accept) {
      for (var clause : header.split(",", -1)) {
        if (!clause.isBlank()) {
          clauses.add(one(clause));
        }
      }
    }
    if (clauses.isEmpty()) {
      return List.of(new MediaRange("*/*", Map.of()));
    }
    if (clauses.size() > 1)
      clauses.sort(Comparator.comparingDouble(MediaRange::quality).reversed());
    return clauses;
  }

  private static MediaRange one(String clause) {
    if (clause.indexOf(';') < 0) {
      return new MediaRange(clause.strip().toLowerCase(Locale.ROOT), Map.of());
    }
    var parts = clause.split(";", -1);
    var parameters = new HashMap<String, String>();
    for (int i = 1; i < parts.length; i++) {
      var equals = parts[i].indexOf('=');
      if (equals > 0) {
        parameters.put(
            parts[i].substring(0, equals).strip().toLowerCase(Locale.ROOT),
            parts[i].substring(equals + 1).strip());
      }
    }
    return new MediaRange(parts[0].strip().toLowerCase(Locale.ROOT), parameters);
  }

  /// A parameter's value, "" when it is absent.
  public String parameter(String name) {
    return parameters.getOrDefault(name, "");
  }

  private double quality() {
    try {
      return Double.parseDouble(parameters.getOrDefault("q", "1"));
    } catch (NumberFormatException e) {
      return 1;
    }
  }
}
