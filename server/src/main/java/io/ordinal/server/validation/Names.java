package io.ordinal.server.validation;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// The forms that names, labels and keys have in Kubernetes.
public final class Names {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final Pattern QUALIFIED =
      Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
  private static final Pattern LABEL_VALUE =
      Pattern.compile("(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?");
  private static final String SUFFIX_SYMBOLS = "bcdfghjklmnpqrstvwxz2456789";

  /// How a violation of [#isSubdomain] is worded.
  public static final String SUBDOMAIN_RULE =
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

  /// How a violation of [#isLabel] is worded.
  public static final String LABEL_RULE =
      "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

  private static final int SUFFIX_LENGTH = 5;
  private static final int LONGEST_PREFIX = 58;

  private Names() {}

  /// A DNS-1123 label: what host names are made of.
  public static boolean isLabel(String name) {
    return name.length() <= 63 && LABEL.matcher(name).matches();
  }

  /// A DNS-1123 subdomain: labels joined by dots.
  public static boolean isSubdomain(String name) {
    return name.length() <= 253 && SUBDOMAIN.matcher(name).matches();
  }

  /// A label's or annotation's key: a name of up to 63 characters, with a DNS prefix before a slash
  /// or without.
  public static boolean isQualified(String key) {
    var slash = key.indexOf('/');
    if (slash >= 0 && !isSubdomain(key.substring(0, slash))) return false;
    var name = key.substring(slash + 1);
    return name.length() <= 63 && QUALIFIED.matcher(name).matches();
  }

  public static boolean isLabelValue(String value) {
    return value.length() <= 63 && LABEL_VALUE.matcher(value).matches();
  }

  /// A name that nobody is likely to have: the prefix and five random symbols.
  public static String generate(String prefix, RandomGenerator random) {
    var name =
        new StringBuilder(
            prefix.length() > LONGEST_PREFIX ? prefix.substring(0, LONGEST_PREFIX) : prefix);
    for (var i = 0; i < SUFFIX_LENGTH; i++) {
      name.append(SUFFIX_SYMBOLS.charAt(random.nextInt(SUFFIX_SYMBOLS.length())));
    }
    return name.toString();
  }
}
