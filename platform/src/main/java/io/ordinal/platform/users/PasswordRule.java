package io.ordinal.platform.users;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/// What a password must be: at least ten characters, among them a capital letter, a small one and a
/// digit. The original's upper limit of sixteen is not kept: it forbids the better ones.
public final class PasswordRule {

  private static final int SHORTEST = 10;
  private static final int LONGEST = 128;

  /// Without those that look alike.
  private static final String SMALL = "abcdefghijkmnpqrstuvwxyz";

  private static final String CAPITAL = "ABCDEFGHJKLMNPQRSTUVWXYZ";
  private static final String DIGITS = "23456789";
  private static final int ONE_TIME_LENGTH = 16;

  private PasswordRule() {}

  /// What is wrong with it; nothing when it will do.
  public static List<String> problems(String password) {
    var problems = new ArrayList<String>();
    if (password.length() < SHORTEST) problems.add("must have at least 10 characters");
    if (password.length() > LONGEST) problems.add("must have at most 128 characters");
    if (!has(password, Character::isUpperCase)) problems.add("must contain a capital letter");
    if (!has(password, Character::isLowerCase)) problems.add("must contain a small letter");
    if (!has(password, Character::isDigit)) problems.add("must contain a digit");
    return problems;
  }

  /// Longer than any password can be: not worth hashing.
  static boolean isTooLong(String password) {
    return password.length() > LONGEST;
  }

  private static boolean has(String password, IntPredicate kind) {
    return password.chars().anyMatch(kind);
  }

  /// A password that keeps the rule, to be changed after its first use: 90 bits of chance.
  public static String oneTime(SecureRandom random) {
    var all = SMALL + CAPITAL + DIGITS;
    while (true) {
      var word = new StringBuilder();
      for (int i = 0; i < ONE_TIME_LENGTH; i++)
        word.append(all.charAt(random.nextInt(all.length())));
      if (problems(word.toString()).isEmpty()) return word.toString();
    }
  }
}
