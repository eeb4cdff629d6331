package io.ordinal.platform.console;

import io.ordinal.platform.answer.Refusal;
import io.ordinal.platform.http.Exchange;
import io.ordinal.platform.sessions.AccessTokens;
import io.ordinal.platform.sessions.Credentials;
import io.ordinal.platform.sessions.Sessions;
import io.ordinal.platform.users.Account;
import io.ordinal.platform.users.Accounts;

/// Finds out who sends a request: by the cookie of a browser, or by the access token of a tool.
final class Callers {

  private static final String BEARER = "Bearer ";
  private static final String NOBODY = "sign in first";

  private final Accounts accounts;
  private final Sessions sessions;
  private final AccessTokens tokens;

  Callers(Accounts accounts, Credentials credentials) {
    this.accounts = accounts;
    this.sessions = credentials.sessions();
    this.tokens = credentials.tokens();
  }

  /// The user whose browser this is; unsafe requests must show the session's CSRF token.
  ///
  /// @throws Refusal 401, 403
  Caller browser(Exchange exchange) {
    Guard.checkSender(exchange);
    var token = Cookie.SESSION.read(exchange).orElseThrow(() -> Refusal.unauthorized(NOBODY));
    var session = sessions.find(token).orElseThrow(() -> Refusal.unauthorized(NOBODY));
    var account = accounts.find(session.user()).orElseThrow(() -> Refusal.unauthorized(NOBODY));
    Guard.checkCsrf(exchange, token);
    // A forgotten tab renews its watches for ever.
    if (exchange.parameter("watch").isEmpty()) sessions.use(session);
    return new Caller(
        account, token, session.key(), () -> sessions.goesOn(session) && isUnchanged(account));
  }

  /// Who asks a cluster something: a tool with an access token, or else a browser.
  ///
  /// @throws Refusal 401, 403
  Caller browserOrTool(Exchange exchange) {
    var authorization = exchange.header("Authorization");
    if (authorization.isEmpty()) return browser(exchange);
    if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      throw Refusal.unauthorized("the header Authorization must bear an access token");
    }
    var token =
        tokens
            .find(authorization.substring(BEARER.length()).strip())
            .orElseThrow(() -> Refusal.unauthorized("the access token is unknown or has expired"));
    var account =
        accounts
            .find(token.user())
            .orElseThrow(() -> Refusal.unauthorized("the user of the access token is gone"));
    return new Caller(account, "", token.key(), () -> tokens.goesOn(token) && isUnchanged(account));
  }

  /// What he opens with groups that he has no more must not live on.
  private boolean isUnchanged(Account account) {
    return accounts.find(account.name()).filter(account::equals).isPresent();
  }
}
