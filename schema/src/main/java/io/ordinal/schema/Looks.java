package io.ordinal.schema;

import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How often patterns may look at the texts of one object: patterns are other people's, and some
/// take longer than the sun will burn. One text cannot use up what the others have.
public final class Looks {
  private static final int MOST = 50_000_000;
  private static final int MOST_AT_A_TEXT = 5_000_000;

  private int left = MOST;

  /// The pattern would not have come to an end.
  static final class TooMany extends Exception {
    private static final long serialVersionUID = 1L;

    private TooMany() {
      super("too many looks", null, false, false);
    }
  }

  /// The same in the middle of a match.
  private static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Enough() {
      super("enough", null, false, false);
    }
  }

  /// Counts who looks at a text and its parts.
  private final class Watched implements CharSequence {
    private final String text;
    private final int leftAfter;

    private Watched(String text, int leftAfter) {
      this.text = text;
      this.leftAfter = leftAfter;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (left <= leftAfter) throw new Enough();
      left--;
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Watched(text.substring(start, end), leftAfter);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /// Whether some part of the text is as the pattern says.
  boolean find(Pattern pattern, String text) throws TooMany {
    return look(pattern, text, Matcher::find);
  }

  /// Whether the whole text is.
  boolean match(Pattern pattern, String text) throws TooMany {
    return look(pattern, text, Matcher::matches);
  }

  private boolean look(Pattern pattern, String text, Predicate<Matcher> how) throws TooMany {
    try {
      return how.test(pattern.matcher(new Watched(text, Math.max(0, left - MOST_AT_A_TEXT))));
    } catch (Enough | StackOverflowError e) {
      throw new TooMany();
    }
  }
}
