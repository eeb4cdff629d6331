package io.ordinal.platform.why.facts;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// That something is the matter, without words: those come from [Cause] in the reader's language.
///
/// @param object where it is to be mended, as kubectl names it
/// @param field of that object; "" when no field is to blame
/// @param values that the sentences quote
public record Finding(Cause cause, String object, String field, Map<String, String> values) {

  private static final int LONGEST_VALUE = 300;

  /// Whatever breaks a line, or moves the reader's terminal: values are what containers say.
  private static final Pattern NO_TEXT = Pattern.compile("[\\s\\p{Cc}]+");

  public static Finding of(Cause cause, Thing object, String field) {
    return new Finding(cause, object.reference(), field, Map.of("name", object.name()));
  }

  /// With a value for the sentences, in one line and not too long.
  public Finding with(String name, Object value) {
    var all = new LinkedHashMap<>(values);
    all.put(name, cut(String.valueOf(value)));
    return new Finding(cause, object, field, all);
  }

  private static String cut(String text) {
    var line = NO_TEXT.matcher(text).replaceAll(" ").strip();
    return line.length() <= LONGEST_VALUE ? line : line.substring(0, LONGEST_VALUE) + "…";
  }
}
