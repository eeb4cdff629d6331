package io.ordinal.platform.why;

import io.ordinal.platform.why.facts.Cause;
import io.ordinal.platform.why.facts.Finding;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The words for findings, in both languages, from one file.
public final class Sentences {

  /// The languages that the sentences exist in.
  public enum Language {
    EN,
    ZH
  }

  private static final String FILE = "sentences.properties";
  private static final Pattern PLACE = Pattern.compile("\\{([a-z]+)\\}");
  private static final Properties ALL = load();

  private Sentences() {}

  private static Properties load() {
    try (var in = Objects.requireNonNull(Sentences.class.getResourceAsStream(FILE), FILE)) {
      var all = new Properties();
      all.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What is the matter.
  public static String text(Finding finding, Language language) {
    return filled(finding, "text", language);
  }

  /// What to do about it.
  public static String next(Finding finding, Language language) {
    return filled(finding, "next", language);
  }

  /// A sentence with its places open.
  static String template(Cause cause, String part, Language language) {
    var suffix = language == Language.EN ? ".en" : ".zh";
    var found = ALL.getProperty(cause.key() + "." + part + suffix);
    return Objects.requireNonNull(found, cause.key());
  }

  private static String filled(Finding finding, String part, Language language) {
    return PLACE
        .matcher(template(finding.cause(), part, language))
        .replaceAll(
            place -> Matcher.quoteReplacement(finding.values().getOrDefault(place.group(1), "?")))
        .strip();
  }
}
