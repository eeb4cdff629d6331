package io.ordinal.platform.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ordinal.platform.answer.Refusal;
import io.ordinal.platform.clusters.Access;
import io.ordinal.platform.clusters.Clusters;
import io.ordinal.platform.clusters.Seal;
import io.ordinal.platform.records.Records;
import io.ordinal.platform.records.Remembered;
import io.ordinal.platform.sessions.AccessTokens;
import io.ordinal.platform.sessions.Credentials;
import io.ordinal.platform.sessions.Sessions;
import io.ordinal.platform.users.Account;
import io.ordinal.platform.users.Accounts;
import io.ordinal.platform.users.Passwords;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Sessions and tokens that are made for somebody whom whoever signed him out has found without
/// them.
class LateTest {

  private static final String OLD = "Correct-horse-1";
  private static final String FRESH = "Correct-horse-2";
  private static final Account BOB = new Account("bob", "Bob", "", "", List.of(), false, true);

  private final SecureRandom random = new SecureRandom();
  private final Records records = Records.inText("", _ -> {});
  private final Accounts accounts =
      new Accounts(records, new Passwords(random), () -> Instant.EPOCH, random);
  private final Sessions sessions = new Sessions(records, () -> Instant.EPOCH, random);
  private final AccessTokens tokens = new AccessTokens(records, () -> Instant.EPOCH, random);
  private final Credentials credentials = new Credentials(sessions, tokens);
  private final SessionEndpoints endpoints =
      new SessionEndpoints(
          accounts, credentials, new Callers(accounts, credentials), Optional.empty());

  @BeforeEach
  void makeUsers() {
    accounts.makeFirst(OLD);
    accounts.create(BOB, OLD);
  }

  private Accounts.Proven signIn() {
    return accounts.signIn("bob", OLD, "here");
  }

  @Test
  void aSignInThatHoldsBeginsASession() {
    assertThat(sessions.find(endpoints.begin(signIn()))).isPresent();
  }

  @Test
  void aSessionEndsWhenItsPasswordIsAnotherBefore() {
    var proven = signIn();
    accounts.replacePassword("bob", FRESH);
    credentials.endAll("bob");
    assertNoSession(proven);
  }

  @Test
  void aSessionEndsWhenItsUserIsGoneBefore() {
    var proven = signIn();
    accounts.delete("bob");
    credentials.endAll("bob");
    assertNoSession(proven);
  }

  private void assertNoSession(Accounts.Proven proven) {
    var refusal = catchThrowableOfType(Refusal.class, () -> endpoints.begin(proven));
    assertThat(refusal.code()).isEqualTo(401);
    assertThat(records.of(Remembered.Type.SESSION, "bob")).isEmpty();
  }

  @Test
  void aTokenGoesWhenWhatItWasMadeWithIsOverBefore() {
    var access = new Access(URI.create("https://localhost"), "", "", "", "token");
    var seal = new Seal(new byte[Seal.KEY_BYTES], random);
    try (var clusters =
        new Clusters(access, Optional.empty(), records, seal, () -> Instant.EPOCH, random)) {
      var making = new TokenEndpoints(tokens, clusters, "");
      var life = Duration.ofHours(1);
      making.make(new Caller(BOB, "", "", () -> true), "good", life);
      assertThat(tokens.of("bob")).hasSize(1);
      var late = new Caller(BOB, "", "", () -> false);
      var refusal = catchThrowableOfType(Refusal.class, () -> making.make(late, "late", life));
      assertThat(refusal.code()).isEqualTo(401);
      assertThat(tokens.of("bob"))
          .extracting(AccessTokens.AccessToken::description)
          .containsExactly("good");
    }
  }
}
