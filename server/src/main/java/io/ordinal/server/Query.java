package io.ordinal.server;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The parameters of a URL: an immutable list of name and value, decoded.
public final class Query {
  /// No parameter at all.
  public static final Query NONE = new Query(List.of());

  private final List<Parameter> list;

  private record Parameter(String name, String value) {}

  private Query(List<Parameter> list) {
    this.list = list;
  }

  /// Parses what stands behind the `?` of a URL.
  ///
  /// @throws IllegalArgumentException when an escape is broken
  public static Query parse(String raw) {
    if (raw.isEmpty()) {
      return NONE;
    }
    var list = new ArrayList<Parameter>();
    for (var part : raw.split("&", -1)) {
      if (part.isEmpty()) {
        continue;
      }
      var equals = part.indexOf('=');
      var name = equals < 0 ? part : part.substring(0, equals);
      list.add(new Parameter(decode(name), equals < 0 ? "" : decode(part.substring(equals + 1))));
    }
    return new Query(List.copyOf(list));
  }

  /// Parameters from name, value, name, value...
  public static Query of(String... namesAndValues) {
    var list = new ArrayList<Parameter>(namesAndValues.length / 2);
    for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
      list.add(new Parameter(namesAndValues[i], namesAndValues[i + 1]));
    }
    return new Query(List.copyOf(list));
  }

  /// The first value of a parameter, "" when it is absent.
  public String first(String name) {
    for (var parameter : list) {
      if (parameter.name.equals(name)) {
        return parameter.value;
      }
    }
    return "";
  }

  /// Every value of a parameter, in order.
  public List<String> all(String name) {
    return list.stream().filter(p -> p.name.equals(name)).map(Parameter::value).toList();
  }

  /// Whether the parameter is present, with or without a value.
  public boolean has(String name) {
    return list.stream().anyMatch(p -> p.name.equals(name));
  }

  /// Whether a boolean parameter is on, read as Kubernetes reads it: present and neither `false`
  /// nor `0`.
  public boolean flag(String name) {
    for (var parameter : list) {
      if (parameter.name.equals(name)) {
        return !parameter.value.equalsIgnoreCase("false") && !parameter.value.equals("0");
      }
    }
    return false;
  }

  /// The parameters as they stand behind the `?` of a URL.
  @Override
  public String toString() {
    return list.stream()
        .map(p -> encode(p.name) + "=" + encode(p.value))
        .collect(Collectors.joining("&"));
  }

  private static String decode(String text) {
    return text.indexOf('%') < 0 && text.indexOf('+') < 0
        ? text
        : URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
