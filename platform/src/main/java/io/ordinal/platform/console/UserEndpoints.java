package io.ordinal.platform.console;

import io.ordinal.platform.answer.Refusal;
import io.ordinal.platform.http.Exchange;
import io.ordinal.platform.members.Members;
import io.ordinal.platform.sessions.Credentials;
import io.ordinal.platform.users.Account;
import io.ordinal.platform.users.Accounts;
import java.io.IOException;
import java.util.ArrayList;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `/users`: what administrators do with users. Those for whom an issuer vouches can only be
/// deleted, which signs them out.
final class UserEndpoints {

  private final Accounts accounts;
  private final Credentials credentials;
  private final Members members;

  UserEndpoints(Accounts accounts, Credentials credentials, Members members) {
    this.accounts = accounts;
    this.credentials = credentials;
    this.members = members;
  }

  void users(Exchange exchange, Caller caller) throws IOException {
    caller.requireAdministrator();
    switch (exchange.method()) {
      case "GET" -> list(exchange);
      case "POST" -> {
        var body = exchange.json();
        var made = accounts.create(account(body.path("name").asString(""), body), password(body));
        exchange.answer(201, json(made));
      }
      default -> throw Refusal.methodNotAllowed();
    }
  }

  private void list(Exchange exchange) throws IOException {
    var json = JsonMapper.shared().createObjectNode();
    var items = json.putArray("items");
    accounts.all().forEach(account -> items.add(json(account)));
    exchange.answer(200, json);
  }

  void user(Exchange exchange, Caller caller, String name) throws IOException {
    caller.requireAdministrator();
    switch (exchange.method()) {
      case "PUT" -> change(exchange, name);
      case "DELETE" -> {
        var leaving = accounts.deletable(name).name();
        members.forget(leaving);
        accounts.delete(name);
        credentials.endAll(leaving);
        exchange.noContent();
      }
      default -> throw Refusal.methodNotAllowed();
    }
  }

  /// A body with a password replaces that, too.
  private void change(Exchange exchange, String name) throws IOException {
    var body = exchange.json();
    if (!password(body).isEmpty()) Accounts.checkPassword("password", password(body));
    var changed = accounts.update(account(name, body));
    if (!password(body).isEmpty()) {
      accounts.replacePassword(name, password(body));
      credentials.endAll(name);
    }
    exchange.answer(200, json(accounts.find(name).orElse(changed)));
  }

  private static String password(ObjectNode body) {
    return Exchange.text(body, "password");
  }

  private static Account account(String name, ObjectNode body) {
    var groups = new ArrayList<String>();
    body.path("groups").forEach(group -> groups.add(group.asString("")));
    return new Account(
        name,
        Exchange.text(body, "displayName"),
        Exchange.text(body, "email"),
        Exchange.text(body, "phone"),
        groups,
        body.path("administrator").asBoolean(false),
        true);
  }

  private static ObjectNode json(Account account) {
    var json = JsonMapper.shared().createObjectNode();
    json.put("id", account.key());
    json.put("name", account.name());
    json.put("local", account.local());
    json.put("displayName", account.displayName());
    json.put("email", account.email());
    json.put("phone", account.phone());
    var groups = json.putArray("groups");
    account.groups().forEach(groups::add);
    json.put("administrator", account.administrator());
    return json.put("mustChangePassword", account.mustChangePassword());
  }
}
