package io.ordinal.platform.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.ordinal.platform.users.Vouched;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Checks ID tokens and reads who they are about.
final class IdTokens {

  private static final Logger LOG = LoggerFactory.getLogger(IdTokens.class);
  private static final Duration SKEW = Duration.ofMinutes(1);
  private static final int MOST_GROUPS = 200;

  /// Those with a public key: with a shared one, whoever can check can also make.
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  /// What goes into a header as it is, and comes out as it was.
  private static final Pattern PLAIN = Pattern.compile("[!-~]([ -~]{0,253}[!-~])?");

  private static final Pattern SUBJECT = Pattern.compile("[!-~]{1,255}");

  private final OidcSettings settings;
  private final InstantSource clock;

  IdTokens(OidcSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /// Whom a token is about.
  ///
  /// @param keys of the issuer
  /// @param nonce that was sent along when the sign-in began
  /// @throws BadToken when anything is wrong with it
  Vouched check(String token, String keys, String nonce) throws BadToken {
    try {
      var claims = processor(JWKSet.parse(keys), nonce).process(token, null);
      checkParty(claims);
      if (claims.getIssueTime().toInstant().isAfter(clock.instant().plus(SKEW))) {
        throw new BadToken("it comes from the future");
      }
      return vouched(claims);
    } catch (ParseException | BadJOSEException | JOSEException e) {
      throw new BadToken(String.valueOf(e.getMessage()));
    }
  }

  private DefaultJWTProcessor<SecurityContext> processor(JWKSet keys, String nonce) {
    var exact = new JWTClaimsSet.Builder().issuer(settings.issuer()).claim("nonce", nonce).build();
    var verifier =
        new DefaultJWTClaimsVerifier<SecurityContext>(
            settings.clientId(), exact, Set.of("sub", "exp", "iat")) {
          @Override
          protected Date currentTime() {
            return Date.from(clock.instant());
          }
        };
    verifier.setMaxClockSkew((int) SKEW.toSeconds());
    var processor = new DefaultJWTProcessor<SecurityContext>();
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(ALGORITHMS, new ImmutableJWKSet<>(keys)));
    processor.setJWTClaimsSetVerifier(verifier);
    return processor;
  }

  /// A token that several clients accept says for which of them it was made.
  private void checkParty(JWTClaimsSet claims) throws BadToken, ParseException {
    var party = Optional.ofNullable(claims.getStringClaim("azp"));
    if (party.isEmpty() && claims.getAudience().size() == 1) return;
    if (!party.equals(Optional.of(settings.clientId()))) {
      throw new BadToken("it was made for another client");
    }
  }

  private Vouched vouched(JWTClaimsSet claims) throws BadToken {
    if (!SUBJECT.matcher(claims.getSubject()).matches()) {
      throw new BadToken("its subject is not plain text");
    }
    var groups = groups(claims);
    var email = text(claims, "email");
    var name =
        List.of(text(claims, "name"), text(claims, "preferred_username"), email).stream()
            .filter(each -> !each.isEmpty())
            .findFirst()
            .orElse(claims.getSubject());
    return new Vouched(
        settings.issuer(),
        claims.getSubject(),
        name,
        email,
        groups.stream().flatMap(group -> prefixed(group).stream()).distinct().toList(),
        !settings.adminGroup().isEmpty() && groups.contains(settings.adminGroup()));
  }

  private static String text(JWTClaimsSet claims, String claim) {
    var text = claims.getClaim(claim) instanceof String word ? word.strip() : "";
    var plain = text.replaceAll("\\p{Cntrl}", "");
    return plain.length() > 255 ? plain.substring(0, 255) : plain;
  }

  private List<String> groups(JWTClaimsSet claims) throws BadToken {
    if (settings.groupsClaim().isEmpty()) return List.of();
    var groups = new ArrayList<String>();
    switch (claims.getClaim(settings.groupsClaim())) {
      case String one -> groups.add(one);
      case List<?> several -> several.forEach(each -> groups.add(String.valueOf(each)));
      case null, default -> {
        // Whoever is in no group needs no claim.
      }
    }
    if (groups.size() > MOST_GROUPS) {
      throw new BadToken(
          "it names %d groups, and requests can bear 200: let the issuer name fewer"
              .formatted(groups.size()));
    }
    return groups;
  }

  private Optional<String> prefixed(String group) {
    var whole = settings.groupsPrefix() + group;
    if (PLAIN.matcher(whole).matches()) return Optional.of(whole);
    LOG.info("a group of {} is left out: its name is not plain ASCII", settings.issuer());
    return Optional.empty();
  }

  /// An ID token that proves nothing; the text says why.
  static final class BadToken extends Exception {
    private static final long serialVersionUID = 1L;

    BadToken(String why) {
      super(why, null, false, false);
    }
  }
}
