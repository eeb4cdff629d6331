package io.ordinal.platform.oidc;

import io.ordinal.platform.answer.Refusal;
import io.ordinal.platform.answer.Refusal.Cause;
import io.ordinal.platform.records.Remembered;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Who vouches for users, and what is made of its word.
///
/// @param issuer its URL, exactly as it writes it itself
/// @param clientSecret "" for a client that has none
/// @param scopes that are asked for; always with `openid`
/// @param groupsClaim of the ID token; "" when groups do not matter
/// @param groupsPrefix which no local group can have
/// @param adminGroup whose members are administrators, as the issuer calls it; "" for none
/// @param authority certificates, in PEM, that the issuer is known by; "" for those that the JDK
///   trusts
public record OidcSettings(
    String issuer,
    String clientId,
    String clientSecret,
    List<String> scopes,
    String groupsClaim,
    String groupsPrefix,
    String adminGroup,
    String authority) {

  /// What is asked for unless somebody says otherwise.
  public static final List<String> USUAL_SCOPES = List.of("openid", "profile", "email");

  /// Where issuers usually name groups.
  public static final String USUAL_CLAIM = "groups";

  /// What groups usually begin with.
  public static final String USUAL_PREFIX = "oidc:";

  /// Nobody yet.
  public static final OidcSettings NONE =
      new OidcSettings("", "", "", USUAL_SCOPES, USUAL_CLAIM, USUAL_PREFIX, "", "");

  static final String SECRET = "clientSecret";

  private static final String OPENID = "openid";
  private static final int LONGEST = 255;
  private static final int LONGEST_AUTHORITY = 64 * 1024;
  private static final Pattern WORD = Pattern.compile("[!-~]{1,255}");
  private static final Pattern SECRET_WORD = Pattern.compile("[ -~]{0,1024}");
  private static final Pattern SCOPE = Pattern.compile("[!#-\\[\\]-~]{1,255}");

  /// With a colon, which no local group has.
  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,30}:");

  /// Groups that mean something by themselves.
  private static final Set<String> TAKEN = Set.of("system:", "ordinal:", "business:");

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  public OidcSettings {
    var all = new ArrayList<>(scopes);
    if (!all.contains(OPENID)) all.addFirst(OPENID);
    scopes = List.copyOf(all);
  }

  /// Refuses what cannot be.
  ///
  /// @throws Refusal 422 with a cause for each wrong field
  void check() {
    var causes = new ArrayList<Cause>();
    if (!isIssuer(issuer)) {
      causes.add(new Cause("issuer", "must be an https:// address without query and fragment"));
    }
    if (!WORD.matcher(clientId).matches()) {
      causes.add(new Cause("clientId", "must be one word of at most 255 characters"));
    }
    if (!SECRET_WORD.matcher(clientSecret).matches()) {
      causes.add(new Cause(SECRET, "must be at most 1024 plain characters"));
    }
    for (var scope : scopes) {
      if (!SCOPE.matcher(scope).matches()) {
        causes.add(new Cause("scopes", "\"" + scope + "\" must be one word"));
      }
    }
    checkGroups(causes);
    if (authority.length() > LONGEST_AUTHORITY) {
      causes.add(new Cause("certificateAuthority", "is larger than 64 KiB"));
    }
    if (!causes.isEmpty()) throw Refusal.invalid(causes);
  }

  private void checkGroups(List<Cause> causes) {
    if (groupsClaim.length() > LONGEST) {
      causes.add(new Cause("groupsClaim", "must have at most 255 characters"));
    }
    if (!PREFIX.matcher(groupsPrefix).matches() || TAKEN.contains(groupsPrefix)) {
      causes.add(
          new Cause(
              "groupsPrefix",
              "must be letters, digits, -, _ and ., and end with a colon; %s are taken"
                  .formatted(String.join(", ", TAKEN.stream().sorted().toList()))));
    }
    if (adminGroup.length() > LONGEST) {
      causes.add(new Cause("adminGroup", "must have at most 255 characters"));
    } else if (!adminGroup.isEmpty() && groupsClaim.isEmpty()) {
      causes.add(new Cause("adminGroup", "needs a groupsClaim"));
    }
  }

  private static boolean isIssuer(String text) {
    try {
      var uri = URI.create(text);
      return text.length() <= LONGEST
          && isSafe(uri)
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /// Whether what is sent there is read by nobody else: over TLS, or within this machine.
  static boolean isSafe(URI uri) {
    if (uri.getHost() == null || uri.getRawUserInfo() != null) return false;
    return "https".equals(uri.getScheme())
        || ("http".equals(uri.getScheme()) && LOOPBACK.contains(uri.getHost()));
  }

  /// Whether users and their groups are the same as with the other settings.
  boolean meansTheSameUsers(OidcSettings other) {
    return issuer.equals(other.issuer)
        && groupsClaim.equals(other.groupsClaim)
        && groupsPrefix.equals(other.groupsPrefix)
        && adminGroup.equals(other.adminGroup);
  }

  OidcSettings withSecret(String secret) {
    return new OidcSettings(
        issuer, clientId, secret, scopes, groupsClaim, groupsPrefix, adminGroup, authority);
  }

  static OidcSettings of(Remembered record, String secret) {
    return new OidcSettings(
        record.text("issuer"),
        record.text("clientId"),
        secret,
        List.of(record.text("scopes").split(" ")),
        record.text("groupsClaim"),
        record.text("groupsPrefix"),
        record.text("adminGroup"),
        record.text("certificateAuthority"));
  }

  Map<String, String> fields(String sealedSecret) {
    var fields = new LinkedHashMap<String, String>();
    fields.put("issuer", issuer);
    fields.put("clientId", clientId);
    fields.put(SECRET, sealedSecret);
    fields.put("scopes", String.join(" ", scopes));
    fields.put("groupsClaim", groupsClaim);
    fields.put("groupsPrefix", groupsPrefix);
    fields.put("adminGroup", adminGroup);
    fields.put("certificateAuthority", authority);
    return fields;
  }

  /// It holds a secret.
  @Override
  public String toString() {
    return "OidcSettings[" + issuer + "]";
  }
}
