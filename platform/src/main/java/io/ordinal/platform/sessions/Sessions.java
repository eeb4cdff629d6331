package io.ordinal.platform.sessions;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.ordinal.platform.answer.Refusal;
import io.ordinal.platform.records.Records;
import io.ordinal.platform.records.Remembered;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Browsers that are signed in. A session ends two hours after its last request and a day after its
/// first; a watch that a forgotten tab renews by itself does not count as a request.
///
/// Of the browser's token only a hash is kept.
public final class Sessions {

  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
  private static final Duration IDLE = Duration.ofHours(2);
  private static final Duration ABSOLUTE = Duration.ofDays(1);

  /// Writing down each use would be a write for each read.
  private static final Duration WRITTEN_EVERY = Duration.ofMinutes(5);

  private static final String CREATED = "created";
  private static final String USED = "used";

  private final Records records;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Map<String, Instant> used = new ConcurrentHashMap<>();

  /// A session.
  ///
  /// @param key by which its open streams are found
  public record Session(String id, String key, String user) {}

  public Sessions(Records records, InstantSource clock, SecureRandom random) {
    this.records = records;
    this.clock = clock;
    this.random = random;
  }

  /// Begins a session; the answer is the browser's token, which nobody had before.
  public String begin(String user) {
    var token = Tokens.fresh(random);
    var now = clock.instant().toString();
    var times = Map.of(CREATED, now, USED, now);
    records.create(Tokens.kept(Remembered.Type.SESSION, token, user, times));
    return token;
  }

  /// The session of this token, unless it is over.
  public Optional<Session> find(String token) {
    return Tokens.find(records, Remembered.Type.SESSION, token)
        .filter(record -> !isOver(record))
        .map(record -> new Session(record.key(), record.name(), record.owner()));
  }

  /// Whether a session has not ended since it was found.
  public boolean goesOn(Session session) {
    return record(session).isPresent();
  }

  private Optional<Remembered> record(Session session) {
    return records.find(Remembered.Type.SESSION, session.id()).filter(record -> !isOver(record));
  }

  /// The token that unsafe requests of this session must show.
  public static String csrf(String token) {
    return Tokens.derived(token, "csrf");
  }

  /// Whether that is the token that an unsafe request must show.
  public static boolean isCsrf(String token, String shown) {
    return Tokens.same(csrf(token), shown);
  }

  /// The user did something.
  public void use(Session session) {
    record(session)
        .ifPresent(record -> {
          var now = clock.instant();
          used.put(record.name(), now);
          if (record.time(USED).plus(WRITTEN_EVERY).isBefore(now)) {
            write(record.with(USED, now.toString()));
          }
        });
  }

  /// Many requests of a page come at once. Whoever is not the first need not write, and nobody is
  /// refused because the cluster, or the disk, could not write it down.
  private void write(Remembered record) {
    try {
      records.update(record);
    } catch (Refusal | KubernetesClientException | UncheckedIOException e) {
      LOG.debug("the use of a session was not written: {}", e.getMessage());
    }
  }

  /// Ends the session of this token.
  public void end(String token) {
    Tokens.find(records, Remembered.Type.SESSION, token).ifPresent(this::forget);
  }

  /// Ends all sessions of a user.
  public void endAll(String user) {
    records.of(Remembered.Type.SESSION, user).forEach(this::forget);
  }

  /// Ends all sessions of a user but one.
  ///
  /// @param key of the one
  public void endOthers(String user, String key) {
    records.of(Remembered.Type.SESSION, user).stream()
        .filter(record -> !record.name().equals(key))
        .forEach(this::forget);
  }

  /// Forgets what is over.
  public void sweep() {
    records.all(Remembered.Type.SESSION).stream().filter(this::isOver).forEach(this::forget);
  }

  private void forget(Remembered record) {
    used.remove(record.name());
    records.delete(record);
  }

  private boolean isOver(Remembered record) {
    var now = clock.instant();
    var last = used.getOrDefault(record.name(), record.time(USED));
    return !now.isBefore(record.time(CREATED).plus(ABSOLUTE)) || !now.isBefore(last.plus(IDLE));
  }
}
