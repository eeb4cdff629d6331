package io.ordinal.platform.users;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordsTest {

  private final SecureRandom random = new SecureRandom();
  private final Passwords passwords = new Passwords(random, new Passwords.Cost(64, 1));

  @Test
  void aPasswordMatchesItsOwnHashAlone() {
    var hash = passwords.hash("Correct-horse-1");
    assertThat(passwords.matches("Correct-horse-1", Optional.of(hash))).isTrue();
    assertThat(passwords.matches("correct-horse-1", Optional.of(hash))).isFalse();
    assertThat(passwords.matches("", Optional.of(hash))).isFalse();
    assertThat(passwords.hash("Correct-horse-1")).isNotEqualTo(hash);
  }

  /// Made by the reference implementation's command line: `argon2 somesalt -id -t 2 -m 16 -p 1`.
  @Test
  void theHashIsArgon2idAsOthersMakeIt() {
    var hash =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    assertThat(passwords.matches("password", Optional.of(hash))).isTrue();
  }

  @Test
  void nobodyIsMatchedByNothing() {
    assertThat(passwords.matches("", Optional.empty())).isFalse();
    assertThat(passwords.matches("anything", Optional.empty())).isFalse();
  }

  @Test
  void whatIsStoredCostsWhatWasDecided() {
    assertThat(new Passwords(random).hash("x")).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
  }

  @ParameterizedTest
  @CsvSource({
    "Abcdefgh1, must have at least 10 characters",
    "abcdefgh12, must contain a capital letter",
    "ABCDEFGH12, must contain a small letter",
    "Abcdefghij, must contain a digit",
  })
  void aWeakPasswordIsToldWhatItLacks(String password, String problem) {
    assertThat(PasswordRule.problems(password)).containsExactly(problem);
  }

  @Test
  void aOneTimePasswordKeepsTheRule() {
    for (int i = 0; i < 1000; i++) {
      assertThat(PasswordRule.problems(PasswordRule.oneTime(random))).isEmpty();
    }
  }
}
