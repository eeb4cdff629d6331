package io.ordinal.platform.console;

import io.ordinal.platform.answer.Refusal;
import io.ordinal.platform.clusters.Clusters;
import io.ordinal.platform.gateway.Gateway;
import io.ordinal.platform.http.Exchange;
import io.ordinal.platform.http.Front;
import io.ordinal.platform.members.Members;
import io.ordinal.platform.oidc.Oidc;
import io.ordinal.platform.sessions.Credentials;
import io.ordinal.platform.users.Accounts;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Set;
import java.util.function.Supplier;

/// The way of a request through the console server: guard → caller → gateway, own endpoint or file.
public final class Console implements Front {

  private static final String CLUSTERS = "/clusters/";
  private static final String USERS = "/users/";
  private static final String TOKENS = "/tokens/";
  private static final String FILES = "/console";

  /// What is answered here. As a page's address it is one of the console's own, as any other path.
  private static final Set<String> ENDPOINTS =
      Set.of("session", "oidc", "portal", "clusters", "tokens", "kubeconfig", "users", "why");

  /// Of these, what a browser goes to as if it were a page.
  private static final Set<String> NO_PAGES =
      Set.of("/kubeconfig", "/oidc/login", OidcEndpoints.CALLBACK);

  /// What brings users.
  private static final Set<String> FOR_SEVERAL = Set.of("/users", "/oidc/settings");

  private final Guard guard;
  private final Callers callers;
  private final Files files = new Files(FILES);
  private final SessionEndpoints session;
  private final OidcEndpoints oidc;
  private final UserEndpoints users;
  private final TokenEndpoints tokens;
  private final ClusterEndpoints clusterEndpoints;
  private final WhyEndpoint why;
  private final Clusters clusters;
  private final Gateway gateway;

  /// Those whom the console knows.
  public record People(Accounts accounts, Credentials credentials, Oidc oidc, Members members) {}

  /// How the console is called, and how it is known.
  ///
  /// @param hosts names and addresses, without ports
  /// @param authority the certificate, in PEM, of whoever signed the console's own
  public record Names(Supplier<? extends Collection<String>> hosts, String authority) {}

  /// @param clock by which the clusters' timestamps are read
  public Console(
      Names names, People people, Clusters clusters, Gateway gateway, InstantSource clock) {
    this.guard = new Guard(names.hosts());
    var accounts = people.accounts();
    var credentials = people.credentials();
    this.callers = new Callers(accounts, credentials);
    this.session = new SessionEndpoints(accounts, credentials, callers, clusters.limited());
    this.oidc = new OidcEndpoints(people.oidc(), accounts, credentials);
    this.users = new UserEndpoints(accounts, credentials, people.members());
    this.tokens = new TokenEndpoints(credentials.tokens(), clusters, names.authority());
    this.clusterEndpoints = new ClusterEndpoints(clusters, people.members());
    this.why = new WhyEndpoint(clusters, clock);
    this.clusters = clusters;
    this.gateway = gateway;
  }

  @Override
  public void answer(Exchange exchange) throws IOException, InterruptedException {
    Guard.protect(exchange);
    guard.check(exchange);
    var path = exchange.path();
    if (!ENDPOINTS.contains(path.split("/", 3)[1])) {
      files.answer(exchange);
    } else if (isPage(exchange, path)) {
      files.page(exchange);
    } else {
      endpoint(exchange, path);
    }
  }

  private static boolean isPage(Exchange exchange, String path) {
    return Files.wantsPage(exchange) && !NO_PAGES.contains(path);
  }

  private void endpoint(Exchange exchange, String path) throws IOException, InterruptedException {
    switch (path) {
      case "/session" -> session.session(exchange);
      case "/session/password" -> session.password(exchange);
      case "/oidc" -> oidc.offered(exchange);
      case "/oidc/login" -> oidc.leave(exchange);
      case OidcEndpoints.CALLBACK -> oidc.comeBack(exchange);
      default -> {
        var inner = inner(path);
        var caller = inner.isEmpty() ? callers.browser(exchange) : callers.browserOrTool(exchange);
        caller.requireOwnPassword();
        if (inner.isEmpty()) own(exchange, caller, path);
        else pass(exchange, caller, path.substring(CLUSTERS.length()), inner);
      }
    }
  }

  /// What follows the id of a cluster; "" for paths that do not lead into one.
  private static String inner(String path) {
    if (!path.startsWith(CLUSTERS)) return "";
    var slash = path.indexOf('/', CLUSTERS.length());
    return slash < 0 ? "" : path.substring(slash);
  }

  private void pass(Exchange exchange, Caller caller, String rest, String inner)
      throws IOException, InterruptedException {
    var id = rest.substring(0, rest.length() - inner.length());
    gateway.pass(exchange, caller.traveller(), clusters.get(id), inner);
  }

  /// Where the cluster cannot tell users from each other, there is one.
  private static void keepAlone(String method, String path) {
    if (!method.equals("GET") && FOR_SEVERAL.contains(path)) {
      throw Refusal.conflict(
          "the kubeconfig may not impersonate: this console is for one user alone");
    }
  }

  private void own(Exchange exchange, Caller caller, String path)
      throws IOException, InterruptedException {
    if (clusters.limited().isPresent()) keepAlone(exchange.method(), path);
    switch (path) {
      case "/portal" -> clusterEndpoints.portal(exchange, caller);
      case "/clusters" -> clusterEndpoints.clusters(exchange, caller);
      case "/tokens" -> tokens.tokens(exchange, caller);
      case "/kubeconfig" -> tokens.kubeconfig(exchange, caller);
      case "/users" -> users.users(exchange, caller);
      case "/oidc/settings" -> oidc.settings(exchange, caller);
      case "/why" -> why.why(exchange, caller);
      default -> {
        if (path.startsWith(CLUSTERS)) {
          clusterEndpoints.cluster(exchange, caller, path.substring(CLUSTERS.length()));
        } else if (path.startsWith(USERS)) {
          users.user(exchange, caller, path.substring(USERS.length()));
        } else if (path.startsWith(TOKENS)) {
          tokens.token(exchange, caller, path.substring(TOKENS.length()));
        } else {
          throw Refusal.notFound("path", path);
        }
      }
    }
  }
}
