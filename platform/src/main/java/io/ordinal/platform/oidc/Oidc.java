package io.ordinal.platform.oidc;

import com.nimbusds.jose.jwk.JWKSet;
import io.ordinal.platform.answer.Refusal;
import io.ordinal.platform.clusters.Seal;
import io.ordinal.platform.oidc.IdTokens.BadToken;
import io.ordinal.platform.oidc.NotSignedIn.Why;
import io.ordinal.platform.records.Records;
import io.ordinal.platform.records.Remembered;
import io.ordinal.platform.sessions.Tokens;
import io.ordinal.platform.users.Vouched;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;

/// Signing in with an issuer of identities that administrators have chosen: the authorization code
/// flow with PKCE, state and nonce.
public final class Oidc {

  /// So long a user may take at the issuer's.
  public static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final String KEY = "login";
  private static final String PURPOSE = "oidc client secret";
  private static final int MOST_USED = 10_000;

  /// Anybody may begin a sign-in: so many may keep the issuer, and us, busy at once.
  private static final int MOST_AT_ONCE = 16;

  /// A page of ours: not `//host`, nothing that a browser would read as that, not the way here, and
  /// no address that gives something away.
  private static final Pattern PAGE =
      Pattern.compile("/(?!(oidc|login|kubeconfig)([/?]|$))([!-.0-\\[\\]-~][!-\\[\\]-~]{0,1023})?");

  private static final Pattern WORD = Pattern.compile("[a-z_]{1,60}");

  private final Records records;
  private final Seal seal;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Semaphore places = new Semaphore(MOST_AT_ONCE);
  private final Map<String, Boolean> used =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > MOST_USED;
        }
      };

  /// The way to the issuer.
  ///
  /// @param address where the browser goes
  /// @param cookie what it brings back
  public record Leaving(String address, String cookie) {}

  /// What a browser brings back from an issuer; "" for what it does not.
  public record Returning(String cookie, String state, String code, String error, String issuer) {}

  /// Who has come back, and where he wanted to go.
  ///
  /// @param by what was trusted when the issuer was asked
  public record Arrived(Vouched user, String page, OidcSettings by) {}

  public Oidc(Records records, Seal seal, InstantSource clock, SecureRandom random) {
    this.records = records;
    this.seal = seal;
    this.clock = clock;
    this.random = random;
  }

  /// Whether somebody has been chosen to vouch for users.
  public boolean enabled() {
    return record().isPresent();
  }

  private Optional<Remembered> record() {
    return records.find(Remembered.Type.OIDC, KEY);
  }

  /// The settings without their secret, if there are any.
  public Optional<OidcSettings> known() {
    return record().map(record -> OidcSettings.of(record, ""));
  }

  /// Whether the client shows the issuer a secret.
  public boolean hasSecret() {
    return record().flatMap(this::secret).filter(secret -> !secret.isEmpty()).isPresent();
  }

  /// The client's secret, maybe ""; nothing when it was encrypted with another key file.
  private Optional<String> secret(Remembered record) {
    try {
      return Optional.of(seal.open(record.text(OidcSettings.SECRET), PURPOSE));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  /// Keeps settings once the issuer has answered to them. Without a secret the one that is known
  /// stays, unless it would go to another issuer or client.
  ///
  /// @param changed signs out those whom the settings before have let in. It is run when other
  ///   settings make other users, or give them other groups: before they are kept, as nobody would
  ///   do it later if we ended in between, and after, for those who came in between
  /// @throws Refusal 422
  public void save(OidcSettings given, Runnable changed) throws InterruptedException {
    var before = record();
    var known = before.map(record -> OidcSettings.of(record, ""));
    var kept =
        given.clientSecret().isEmpty() && known.filter(old -> isSameClient(old, given)).isPresent()
            ? given.withSecret(before.flatMap(this::secret).orElse(""))
            : given;
    kept.check();
    ask(kept);
    var others = known.filter(old -> !old.meansTheSameUsers(kept)).isPresent();
    if (others) changed.run();
    var fields = kept.fields(seal.seal(kept.clientSecret(), PURPOSE));
    if (before.isPresent()) records.update(before.get().withFields(fields));
    else records.create(Remembered.fresh(Remembered.Type.OIDC, KEY, "", fields));
    if (others) changed.run();
  }

  private static boolean isSameClient(OidcSettings one, OidcSettings other) {
    return one.issuer().equals(other.issuer()) && one.clientId().equals(other.clientId());
  }

  private static void ask(OidcSettings settings) throws InterruptedException {
    try (var issuer = new Issuer(settings)) {
      var keys = JWKSet.parse(issuer.keys(issuer.discover()));
      if (keys.getKeys().isEmpty()) throw Refusal.invalid("issuer", "it has no keys");
    } catch (IOException e) {
      throw Refusal.invalid("issuer", "it cannot be used: " + said(e));
    } catch (ParseException e) {
      throw Refusal.invalid("issuer", "its keys cannot be read");
    }
  }

  private static String said(IOException e) {
    return e.getMessage() == null ? "it does not answer" : e.getMessage();
  }

  /// Forgets the settings.
  ///
  /// @param changed as for [#save]
  public void remove(Runnable changed) {
    changed.run();
    record().ifPresent(records::delete);
    changed.run();
  }

  /// Whether the user would still be who he was found to be: the settings may have changed while
  /// the issuer was asked. Whoever asks this does so when he can be signed out already, as one who
  /// changes settings signs out those whom he finds.
  public boolean stillTrusts(Arrived arrived) {
    return known().filter(arrived.by()::meansTheSameUsers).isPresent();
  }

  /// Begins a sign-in.
  ///
  /// @param redirectUri where the issuer sends the browser back to
  /// @param to the page that the user wants; what is no page of ours is the first page
  public Leaving begin(String redirectUri, String to) throws NotSignedIn, InterruptedException {
    var settings = usable(record().orElseThrow(() -> Refusal.notFound("oidc", KEY)));
    var begun =
        new Begun(
            settings.issuer(),
            settings.clientId(),
            Tokens.fresh(random),
            Tokens.fresh(random),
            Tokens.fresh(random),
            redirectUri,
            page(to),
            clock.instant().plus(PATIENCE));
    var address = asked(settings, issuer -> issuer.discover().authorization().toString());
    var separator = address.contains("?") ? "&" : "?";
    var query = Issuer.query(parameters(settings, begun));
    return new Leaving(address + separator + query, begun.sealed(seal));
  }

  private OidcSettings usable(Remembered record) throws NotSignedIn {
    var secret =
        secret(record)
            .orElseThrow(() ->
                new NotSignedIn(
                    Why.BROKEN,
                    "the client secret was encrypted with another key file: enter it again"));
    return OidcSettings.of(record, secret);
  }

  private interface Question<T> {
    T to(Issuer issuer) throws IOException, InterruptedException, BadToken;
  }

  private <T> T asked(OidcSettings settings, Question<T> question)
      throws NotSignedIn, InterruptedException {
    if (!places.tryAcquire()) {
      throw new NotSignedIn(Why.BUSY, MOST_AT_ONCE + " others are signing in at this moment");
    }
    try (var issuer = new Issuer(settings)) {
      return question.to(issuer);
    } catch (Issuer.Refused e) {
      throw new NotSignedIn(Why.REFUSED, said(e));
    } catch (IOException e) {
      throw new NotSignedIn(Why.UNREACHABLE, said(e));
    } catch (BadToken e) {
      throw new NotSignedIn(Why.REFUSED, "the ID token: " + e.getMessage());
    } finally {
      places.release();
    }
  }

  private static Map<String, String> parameters(OidcSettings settings, Begun begun) {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("response_type", "code");
    parameters.put("client_id", settings.clientId());
    parameters.put("redirect_uri", begun.redirectUri());
    parameters.put("scope", String.join(" ", settings.scopes()));
    parameters.put("state", begun.state());
    parameters.put("nonce", begun.nonce());
    parameters.put("code_challenge", challenge(begun.verifier()));
    parameters.put("code_challenge_method", "S256");
    return parameters;
  }

  private static String challenge(String verifier) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The page itself if it is one of the console's, else the first.
  static String page(String to) {
    return PAGE.matcher(to).matches() ? to : "/";
  }

  /// Ends a sign-in: who is it?
  public Arrived finish(Returning back) throws NotSignedIn, InterruptedException {
    var begun =
        Begun.open(seal, back.cookie())
            .filter(each -> clock.instant().isBefore(each.expires()))
            .orElseThrow(() -> new NotSignedIn(Why.EXPIRED, "no sign-in was begun here"));
    var settings =
        usable(
            record()
                .orElseThrow(() -> new NotSignedIn(Why.EXPIRED, "no issuer is trusted any more")));
    checkAnswer(back, begun, settings);
    var user =
        asked(
            settings,
            issuer -> {
              var discovered = issuer.discover();
              var token =
                  issuer.idToken(discovered, back.code(), begun.redirectUri(), begun.verifier());
              var keys = issuer.keys(discovered);
              return new IdTokens(settings, clock).check(token, keys, begun.nonce());
            });
    return new Arrived(user, begun.to(), settings);
  }

  private void checkAnswer(Returning back, Begun begun, OidcSettings settings) throws NotSignedIn {
    if (!Tokens.same(begun.state(), back.state())) {
      throw new NotSignedIn(Why.EXPIRED, "the answer is to another sign-in");
    }
    if (!begun.issuer().equals(settings.issuer())
        || !begun.clientId().equals(settings.clientId())) {
      throw new NotSignedIn(Why.EXPIRED, "the settings have changed meanwhile");
    }
    if (!back.issuer().isEmpty() && !back.issuer().equals(begun.issuer())) {
      throw new NotSignedIn(Why.REFUSED, "the answer is another issuer's");
    }
    if (!useUp(begun.state())) throw new NotSignedIn(Why.EXPIRED, "the answer was used before");
    if (!back.error().isEmpty()) {
      var word = WORD.matcher(back.error()).matches() ? back.error() : "an error";
      throw new NotSignedIn(Why.DENIED, "the issuer says " + word);
    }
    if (back.code().isEmpty()) throw new NotSignedIn(Why.REFUSED, "the answer has no code");
  }

  /// An issuer takes a code once; so do we, should it forget.
  private boolean useUp(String state) {
    synchronized (used) {
      return used.put(state, true) == null;
    }
  }
}
