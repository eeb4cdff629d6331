package io.ordinal.platform.sessions;

import io.ordinal.platform.answer.Refusal;
import io.ordinal.platform.records.Records;
import io.ordinal.platform.records.Remembered;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Credentials of tools: bearer tokens with an end, shown once, of which only a hash is kept.
public final class AccessTokens {

  /// A week.
  public static final Duration USUAL_LIFE = Duration.ofDays(7);

  private static final Duration LONGEST_LIFE = Duration.ofDays(366);
  private static final int MOST = 100;
  private static final int LONGEST_DESCRIPTION = 255;
  private static final String PREFIX = "ordinal_";

  private final Records records;
  private final InstantSource clock;
  private final SecureRandom random;

  /// What is known of a token.
  ///
  /// @param key by which its open streams are found
  public record AccessToken(
      String id, String key, String user, String description, Instant created, Instant expires) {

    private static AccessToken of(Remembered record) {
      return new AccessToken(
          record.key(),
          record.name(),
          record.owner(),
          record.text("description"),
          record.time("created"),
          record.time("expires"));
    }
  }

  /// A new token, the only time that it is shown.
  public record Shown(String token, AccessToken known) {}

  public AccessTokens(Records records, InstantSource clock, SecureRandom random) {
    this.records = records;
    this.clock = clock;
    this.random = random;
  }

  /// Makes a token.
  ///
  /// @throws Refusal 422 when it would live too long, 409 when there are too many
  public Shown create(String user, String description, Duration life) {
    if (!life.isPositive() || life.compareTo(LONGEST_LIFE) > 0) {
      throw Refusal.invalid("expiresInHours", "must be 1 to " + LONGEST_LIFE.toHours());
    }
    if (description.length() > LONGEST_DESCRIPTION) {
      throw Refusal.invalid("description", "must have at most 255 characters");
    }
    if (of(user).size() >= MOST) throw Refusal.conflict("there are 100 tokens: delete some");
    var token = PREFIX + Tokens.fresh(random);
    var now = clock.instant();
    var fields =
        Map.of(
            "description",
            description,
            "created",
            now.toString(),
            "expires",
            now.plus(life).toString());
    var record = records.create(Tokens.kept(Remembered.Type.TOKEN, token, user, fields));
    return new Shown(token, AccessToken.of(record));
  }

  /// What a token stands for, unless it has expired.
  public Optional<AccessToken> find(String token) {
    return Tokens.find(records, Remembered.Type.TOKEN, token)
        .map(AccessToken::of)
        .filter(found -> !isExpired(found));
  }

  /// Whether a token is still there, and has not expired since it was found.
  public boolean goesOn(AccessToken token) {
    return records.find(Remembered.Type.TOKEN, token.id()).isPresent() && !isExpired(token);
  }

  /// Whether its time is over.
  public boolean isExpired(AccessToken token) {
    return !clock.instant().isBefore(token.expires());
  }

  /// The tokens of a user, also those that have expired lately.
  public List<AccessToken> of(String user) {
    return records.of(Remembered.Type.TOKEN, user).stream().map(AccessToken::of).toList();
  }

  /// Deletes a token of a user.
  ///
  /// @throws Refusal 404 when he has none of this name
  public void delete(String user, String id) {
    var record =
        records
            .find(Remembered.Type.TOKEN, id)
            .filter(found -> found.owner().equals(user))
            .orElseThrow(() -> Refusal.notFound("token", id));
    records.delete(record);
  }

  /// Deletes a token that nobody was shown after all.
  public void withdraw(Shown shown) {
    records.find(Remembered.Type.TOKEN, shown.known().id()).ifPresent(records::delete);
  }

  /// Deletes all tokens of a user.
  public void deleteAll(String user) {
    records.of(Remembered.Type.TOKEN, user).forEach(records::delete);
  }

  /// Deletes those that expired a while ago.
  ///
  /// @param expired told the key of each one that has expired, before any is deleted: that may fail
  public void sweep(Consumer<String> expired) {
    var all = records.all(Remembered.Type.TOKEN);
    all.stream()
        .map(AccessToken::of)
        .filter(this::isExpired)
        .map(AccessToken::key)
        .forEach(expired);
    var longAgo = clock.instant().minus(USUAL_LIFE);
    all.stream()
        .filter(record -> AccessToken.of(record).expires().isBefore(longAgo))
        .forEach(records::delete);
  }
}
