package io.ordinal.node.facts;

import java.util.Map;

/// `$(NAME)` in commands, arguments and values: replaced when the name is known, left as it is
/// otherwise; `$$` stands for one dollar sign.
public final class Expansion {
  private Expansion() {}

  /// The text with all known names replaced.
  public static String expand(String text, Map<String, String> values) {
    if (text.indexOf('$') < 0) {
      return text;
    }
    var out = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      char next = at + 1 < text.length() ? text.charAt(at + 1) : 0;
      if (c == '$' && next == '$') {
        out.append('$');
        at += 2;
      } else if (c == '$' && next == '(' && text.indexOf(')', at) > 0) {
        int end = text.indexOf(')', at);
        var value = values.get(text.substring(at + 2, end));
        out.append(value == null ? text.substring(at, end + 1) : value);
        at = end + 1;
      } else {
        out.append(c);
        at++;
      }
    }
    return out.toString();
  }
}
