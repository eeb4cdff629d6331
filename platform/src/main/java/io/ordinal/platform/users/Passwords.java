package io.ordinal.platform.users;

import io.ordinal.platform.answer.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Hashes passwords with Argon2id, so that a stolen hash is dear to guess.
///
/// A hash is text of the usual form, `$argon2id$v=19$m=19456,t=2,p=1$SALT$HASH`: the costs may be
/// raised later, old hashes say which were theirs. A hash takes 19 MiB and a good tenth of a second
/// of a processor, hence at most two at once: a flood of sign-ins slows sign-ins, not the cluster.
public final class Passwords {

  private static final int KIBIBYTES = 19 * 1024;
  private static final int ITERATIONS = 2;
  private static final int AT_ONCE = 2;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int PATIENCE_SECONDS = 10;

  private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();

  private final SecureRandom random;
  private final Semaphore free = new Semaphore(AT_ONCE, true);
  private final Cost cost;

  /// What a hash costs.
  record Cost(int kibibytes, int iterations) {
    static final Cost USUAL = new Cost(KIBIBYTES, ITERATIONS);
  }

  private record Hash(Cost cost, byte[] salt, byte[] hash) {
    static Hash parse(String text) {
      var parts = text.split("\\$", -1);
      if (parts.length != 6 || !parts[1].equals("argon2id") || !parts[2].equals("v=19")) {
        throw new IllegalArgumentException("not a hash of ours");
      }
      var costs = parts[3].split("[=,]", -1);
      var cost = new Cost(Integer.parseInt(costs[1]), Integer.parseInt(costs[3]));
      var decoder = Base64.getDecoder();
      return new Hash(cost, decoder.decode(parts[4]), decoder.decode(parts[5]));
    }

    String text() {
      return "$argon2id$v=19$m=%d,t=%d,p=1$%s$%s"
          .formatted(
              cost.kibibytes(),
              cost.iterations(),
              ENCODER.encodeToString(salt),
              ENCODER.encodeToString(hash));
    }
  }

  public Passwords(SecureRandom random) {
    this(random, Cost.USUAL);
  }

  Passwords(SecureRandom random, Cost cost) {
    this.random = random;
    this.cost = cost;
  }

  /// The hash of a new password.
  public String hash(String password) {
    var salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return new Hash(cost, salt, argon2(password, salt, cost)).text();
  }

  /// Whether the password is the one that was hashed. Without a hash it is not, and it takes as
  /// long to find out.
  public boolean matches(String password, Optional<String> hash) {
    var expected = hash.map(Hash::parse);
    var salt = expected.map(Hash::salt).orElse(new byte[SALT_BYTES]);
    var actual = argon2(password, salt, expected.map(Hash::cost).orElse(cost));
    return MessageDigest.isEqual(actual, expected.map(Hash::hash).orElse(new byte[HASH_BYTES]))
        && expected.isPresent();
  }

  private byte[] argon2(String password, byte[] salt, Cost of) {
    enter();
    try {
      var generator = new Argon2BytesGenerator();
      generator.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withVersion(Argon2Parameters.ARGON2_VERSION_13)
              .withMemoryAsKB(of.kibibytes())
              .withIterations(of.iterations())
              .withParallelism(1)
              .withSalt(salt)
              .build());
      var hash = new byte[HASH_BYTES];
      generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
      return hash;
    } finally {
      free.release();
    }
  }

  private void enter() {
    try {
      if (free.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw Refusal.tooManyRequests("too many people sign in at once: try again", 1);
  }
}
