package io.ordinal.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/// HTTP headers: an immutable list of name and value; names compare without case.
public final class Headers {
  /// No header at all.
  public static final Headers NONE = new Headers(List.of());

  private final List<Header> list;

  private record Header(String name, String value) {}

  private Headers(List<Header> list) {
    this.list = list;
  }

  /// Headers from name, value, name, value...
  public static Headers of(String... namesAndValues) {
    var list = new ArrayList<Header>(namesAndValues.length / 2);
    for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
      list.add(new Header(namesAndValues[i], namesAndValues[i + 1]));
    }
    return new Headers(List.copyOf(list));
  }

  /// These headers and one more; a header of the same name stays.
  public Headers with(String name, String value) {
    var more = new ArrayList<>(list);
    more.add(new Header(name, value));
    return new Headers(List.copyOf(more));
  }

  /// These headers and those.
  public Headers with(Headers others) {
    if (others.list.isEmpty()) {
      return this;
    }
    var more = new ArrayList<>(list);
    more.addAll(others.list);
    return new Headers(List.copyOf(more));
  }

  /// The first value of a header, "" when it is absent.
  public String first(String name) {
    for (var header : list) {
      if (header.name.equalsIgnoreCase(name)) {
        return header.value;
      }
    }
    return "";
  }

  /// Every value of a header in the order of arrival.
  public List<String> all(String name) {
    return list.stream()
        .filter(header -> header.name.equalsIgnoreCase(name))
        .map(Header::value)
        .toList();
  }

  /// Whether the comma-separated values of a header contain a token, whatever the case.
  public boolean has(String name, String token) {
    for (var value : all(name)) {
      for (var part : value.split(",", -1)) {
        if (part.strip().toLowerCase(Locale.ROOT).equals(token.toLowerCase(Locale.ROOT))) {
          return true;
        }
      }
    }
    return false;
  }

  /// Whether the name of any header starts so, whatever the case.
  public boolean hasAny(String prefix) {
    for (var header : list) {
      if (header.name.regionMatches(true, 0, prefix, 0, prefix.length())) return true;
    }
    return false;
  }

  /// Hands every header to `action`, in order.
  public void forEach(BiConsumer<String, String> action) {
    list.forEach(header -> action.accept(header.name, header.value));
  }

  @Override
  public String toString() {
    return list.toString();
  }
}
