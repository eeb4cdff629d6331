package io.ordinal.platform.console;

import io.ordinal.platform.answer.Refusal;
import io.ordinal.platform.http.Exchange;
import io.ordinal.platform.oidc.NotSignedIn;
import io.ordinal.platform.oidc.Oidc;
import io.ordinal.platform.oidc.OidcSettings;
import io.ordinal.platform.sessions.Credentials;
import io.ordinal.platform.users.Account;
import io.ordinal.platform.users.Accounts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `/oidc`: signing in with an issuer of identities, and the choice of one.
final class OidcEndpoints {

  private static final Logger LOG = LoggerFactory.getLogger(OidcEndpoints.class);

  /// Where the issuer sends the browser back to.
  static final String CALLBACK = "/oidc/callback";

  private static final String LOGIN_PAGE = "/login";

  private final Oidc oidc;
  private final Accounts accounts;
  private final Credentials credentials;

  OidcEndpoints(Oidc oidc, Accounts accounts, Credentials credentials) {
    this.oidc = oidc;
    this.accounts = accounts;
    this.credentials = credentials;
  }

  /// For everybody: the login page asks.
  void offered(Exchange exchange) throws IOException {
    if (!exchange.method().equals("GET")) throw Refusal.methodNotAllowed();
    exchange.answer(200, JsonMapper.shared().createObjectNode().put("enabled", oidc.enabled()));
  }

  /// The browser goes to the issuer. Only pages of ours may send it.
  void leave(Exchange exchange) throws IOException, InterruptedException {
    if (!exchange.method().equals("GET")) throw Refusal.methodNotAllowed();
    Guard.checkSender(exchange);
    try {
      var leaving = oidc.begin(redirectUri(exchange), exchange.parameter("to").orElse("/"));
      Cookie.SIGN_IN.write(exchange, leaving.cookie());
      exchange.redirect(leaving.address());
    } catch (NotSignedIn e) {
      refuse(exchange, e);
    }
  }

  /// The guard has found the host among our own names.
  private static String redirectUri(Exchange exchange) {
    return Guard.ownOrigin(exchange) + CALLBACK;
  }

  /// The browser comes back, sent by the issuer or by anybody.
  void comeBack(Exchange exchange) throws IOException, InterruptedException {
    if (!exchange.method().equals("GET")) throw Refusal.methodNotAllowed();
    var back =
        new Oidc.Returning(
            Cookie.SIGN_IN.read(exchange).orElse(""),
            exchange.parameter("state").orElse(""),
            exchange.parameter("code").orElse(""),
            exchange.parameter("error").orElse(""),
            exchange.parameter("iss").orElse(""));
    try {
      var arrived = oidc.finish(back);
      Cookie.SIGN_IN.remove(exchange);
      var account = accounts.meet(arrived.user().account());
      Cookie.SESSION.read(exchange).ifPresent(credentials.sessions()::end);
      var token = credentials.sessions().begin(account.name());
      checkStillTrusted(arrived, account);
      Cookie.SESSION.write(exchange, token);
      exchange.redirect(arrived.page());
    } catch (NotSignedIn e) {
      refuse(exchange, e);
    }
  }

  /// Whoever changes the settings signs out those whom he finds: this one may have come later.
  private void checkStillTrusted(Oidc.Arrived arrived, Account account) throws NotSignedIn {
    if (oidc.stillTrusts(arrived) && accounts.find(account.name()).isPresent()) return;
    forget(account);
    throw new NotSignedIn(NotSignedIn.Why.EXPIRED, "the settings have changed meanwhile");
  }

  private static void refuse(Exchange exchange, NotSignedIn e) throws IOException {
    LOG.warn("nobody was signed in from {}: {}", exchange.address(), e.getMessage());
    exchange.redirect(LOGIN_PAGE + "?failed=" + e.why().word());
  }

  /// What administrators do with the settings.
  void settings(Exchange exchange, Caller caller) throws IOException, InterruptedException {
    caller.requireAdministrator();
    switch (exchange.method()) {
      case "GET" -> exchange.answer(200, shown(exchange));
      case "PUT" -> {
        oidc.save(read(exchange.json()), this::forgetUsers);
        exchange.answer(200, shown(exchange));
      }
      case "DELETE" -> {
        oidc.remove(this::forgetUsers);
        exchange.noContent();
      }
      default -> throw Refusal.methodNotAllowed();
    }
  }

  /// Those for whom nobody vouches any more, or in another way: who still belongs signs in again.
  private void forgetUsers() {
    accounts.all().stream().filter(account -> !account.local()).forEach(this::forget);
  }

  private void forget(Account account) {
    accounts.forget(account);
    credentials.endAll(account.name());
  }

  private ObjectNode shown(Exchange exchange) {
    var json = JsonMapper.shared().createObjectNode();
    var known = oidc.known();
    var settings = known.orElse(OidcSettings.NONE);
    json.put("enabled", known.isPresent());
    json.put("redirectUri", redirectUri(exchange));
    json.put("issuer", settings.issuer());
    json.put("clientId", settings.clientId());
    json.put("hasClientSecret", oidc.hasSecret());
    var scopes = json.putArray("scopes");
    settings.scopes().forEach(scopes::add);
    json.put("groupsClaim", settings.groupsClaim());
    json.put("groupsPrefix", settings.groupsPrefix());
    json.put("adminGroup", settings.adminGroup());
    return json.put("certificateAuthority", settings.authority());
  }

  private static OidcSettings read(ObjectNode body) {
    return new OidcSettings(
        Exchange.text(body, "issuer").strip(),
        Exchange.text(body, "clientId").strip(),
        Exchange.text(body, "clientSecret"),
        scopes(body.path("scopes")),
        body.path("groupsClaim").asString(OidcSettings.USUAL_CLAIM),
        body.path("groupsPrefix").asString(OidcSettings.USUAL_PREFIX),
        Exchange.text(body, "adminGroup"),
        Exchange.text(body, "certificateAuthority").strip());
  }

  private static List<String> scopes(JsonNode given) {
    if (!given.isArray()) return OidcSettings.USUAL_SCOPES;
    var scopes = new ArrayList<String>();
    given.forEach(scope -> scopes.add(scope.asString("")));
    return scopes;
  }
}
