package io.ordinal.platform.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.platform.answer.Refusal;
import io.ordinal.platform.records.Records;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What becomes of a sign-in when its password goes meanwhile.
class AccountsTest {

  private static final String OLD = "Correct-horse-1";
  private static final String FRESH = "Correct-horse-2";

  private final SecureRandom random = new SecureRandom();
  private final Accounts accounts =
      new Accounts(
          Records.inText("", _ -> {}),
          new Passwords(random, new Passwords.Cost(64, 1)),
          () -> Instant.EPOCH,
          random);

  @BeforeEach
  void makeUsers() {
    accounts.makeFirst(OLD);
    accounts.create(bob(), OLD);
  }

  private static Account bob() {
    return new Account("bob", "Bob", "", "", List.of(), false, true);
  }

  private Accounts.Proven signIn() {
    return accounts.signIn("bob", OLD, "here");
  }

  @Test
  void aSignInHoldsAsLongAsThePasswordIsTheSame() {
    var proven = signIn();
    accounts.update(new Account("bob", "Robert", "", "", List.of("devs"), false, true));
    assertThat(accounts.stillHolds(proven)).isTrue();
  }

  @Test
  void aSignInUnderWayEndsWithItsPassword() {
    var proven = signIn();
    accounts.changePassword("bob", OLD, FRESH, "here");
    assertThat(accounts.stillHolds(proven)).isFalse();
  }

  /// Also when the new password is the old one: whoever set it again has ended what there was.
  @Test
  void aSignInUnderWayEndsWithAReplacedPassword() {
    var proven = signIn();
    accounts.replacePassword("bob", OLD);
    assertThat(accounts.stillHolds(proven)).isFalse();
  }

  @Test
  void aSignInUnderWayEndsWithItsUserAndIsNotThatOfTheNextOne() {
    var proven = signIn();
    accounts.delete("bob");
    assertThat(accounts.stillHolds(proven)).isFalse();
    accounts.create(bob(), OLD);
    assertThat(accounts.stillHolds(proven)).isFalse();
    assertThat(accounts.stillHolds(signIn())).isTrue();
  }

  @Test
  void theLastAdministratorWithAPasswordStays() {
    assertThatThrownBy(
            () -> accounts.update(new Account("admin", "", "", "", List.of(), false, false)))
        .isInstanceOf(Refusal.class)
        .hasMessage("somebody has to be administrator");
  }
}
