package io.ordinal.platform.console;

import io.ordinal.platform.answer.Refusal;
import io.ordinal.platform.clusters.Limited;
import io.ordinal.platform.http.Exchange;
import io.ordinal.platform.sessions.AccessTokens;
import io.ordinal.platform.sessions.Credentials;
import io.ordinal.platform.sessions.Sessions;
import io.ordinal.platform.users.Account;
import io.ordinal.platform.users.Accounts;
import java.io.IOException;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `/session`: signing in and out.
final class SessionEndpoints {

  private final Accounts accounts;
  private final Sessions sessions;
  private final AccessTokens tokens;
  private final Callers callers;
  private final Optional<Limited> limited;

  /// @param limited what everybody is told who signs in, if there is anything
  SessionEndpoints(
      Accounts accounts, Credentials credentials, Callers callers, Optional<Limited> limited) {
    this.limited = limited;
    this.accounts = accounts;
    this.sessions = credentials.sessions();
    this.tokens = credentials.tokens();
    this.callers = callers;
  }

  void session(Exchange exchange) throws IOException {
    switch (exchange.method()) {
      case "GET" -> show(exchange);
      case "POST" -> signIn(exchange);
      case "DELETE" -> signOut(exchange);
      default -> throw Refusal.methodNotAllowed();
    }
  }

  private void show(Exchange exchange) throws IOException {
    var caller = callers.browser(exchange);
    exchange.answer(200, json(caller.account(), caller.sessionToken()));
  }

  /// Whatever session the browser had is over, and the new one has an id that nobody knew before.
  private void signIn(Exchange exchange) throws IOException {
    Guard.checkSender(exchange);
    Guard.checkOrigin(exchange);
    var body = exchange.json();
    var proven =
        accounts.signIn(
            Exchange.text(body, "username"), Exchange.text(body, "password"), exchange.address());
    Cookie.SESSION.read(exchange).ifPresent(sessions::end);
    var token = begin(proven);
    Cookie.SESSION.write(exchange, token);
    exchange.answer(200, json(proven.account(), token));
  }

  /// Whoever took the password from him meanwhile has not found this session.
  String begin(Accounts.Proven proven) {
    var token = sessions.begin(proven.account().name());
    if (accounts.stillHolds(proven)) return token;
    sessions.end(token);
    throw Accounts.wrong();
  }

  private void signOut(Exchange exchange) throws IOException {
    var caller = callers.browser(exchange);
    if (exchange.parameter("everywhere").orElse("").equals("true")) {
      sessions.endAll(caller.account().name());
    } else {
      sessions.end(caller.sessionToken());
    }
    Cookie.SESSION.remove(exchange);
    exchange.noContent();
  }

  /// Whoever knew the old password may have signed in with it, or made tokens.
  void password(Exchange exchange) throws IOException {
    if (!exchange.method().equals("POST")) throw Refusal.methodNotAllowed();
    var caller = callers.browser(exchange);
    var name = caller.account().name();
    var body = exchange.json();
    accounts.changePassword(
        name, Exchange.text(body, "old"), Exchange.text(body, "new"), exchange.address());
    sessions.endOthers(name, caller.credential());
    tokens.deleteAll(name);
    exchange.noContent();
  }

  private ObjectNode json(Account account, String token) {
    var json = JsonMapper.shared().createObjectNode();
    json.put("user", account.name());
    json.put("displayName", account.displayName());
    json.put("local", account.local());
    json.put("administrator", account.administrator());
    var groups = json.putArray("groups");
    account.allGroups().forEach(groups::add);
    limited.ifPresent(limit -> {
      var told = json.putObject("limited").put("reason", Limited.REASON);
      told.put("user", limit.user()).put("namespace", limit.namespace());
    });
    json.put("csrf", Sessions.csrf(token));
    return json.put("mustChangePassword", account.mustChangePassword());
  }
}
