package io.ordinal.server;

import io.ordinal.schema.Schemas;
import io.ordinal.server.answer.AnswerEncoder;
import io.ordinal.server.auth.AccessReviews;
import io.ordinal.server.auth.Authenticator;
import io.ordinal.server.auth.Authorizer;
import io.ordinal.server.auth.ClientCertificates;
import io.ordinal.server.auth.Credentials;
import io.ordinal.server.auth.Impersonation;
import io.ordinal.server.auth.ServiceAccountTokens;
import io.ordinal.server.auth.StoredObjects;
import io.ordinal.server.auth.TokenRequests;
import io.ordinal.server.builtin.BuiltIn;
import io.ordinal.server.health.Health;
import io.ordinal.server.health.Metrics;
import io.ordinal.server.rbac.Action;
import io.ordinal.server.registry.Registry;
import io.ordinal.server.registry.Surroundings;
import io.ordinal.server.stream.PodStreams;
import io.ordinal.store.Store;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The API server: a request goes in, an answer comes out, on the caller's thread. It has no thread
/// of its own; connections are [io.ordinal.server.http.HttpServer]'s.
public final class ApiServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
  private static final Set<String> CONNECTS = Set.of("exec", "attach", "portforward");

  private final Authenticator authenticator;
  private final Authorizer authorizer;
  private final Impersonation impersonation;
  private final Audit audit;
  private final InFlight inFlight;
  private final ResourceRoutes resources;
  private final PathRoutes paths;
  private final Registry registry;
  private final Health health = new Health();
  private final Metrics metrics = new Metrics();

  /// Serves the built-in kinds.
  ///
  /// @param nodes where logs and commands run
  public ApiServer(
      ServerConfig config,
      BuiltIn builtIn,
      Backing backing,
      NodeStreams nodes,
      Surroundings surroundings) {
    var clock = surroundings.clock();
    var random = surroundings.random();
    var tokens = config.tokens();
    var store = backing.store();
    this.registry = builtIn.registry();
    this.authorizer = builtIn.authorizer();
    this.impersonation = new Impersonation(authorizer);
    var objects = new StoredObjects(registry.kinds(), registry.objects());
    this.authenticator =
        new Authenticator(
            new ClientCertificates(config.clientAuthorities(), clock),
            new ServiceAccountTokens(tokens, objects, clock));
    this.audit = new Audit(metrics, random);
    this.inFlight = new InFlight(config.mostInFlight());
    this.resources =
        new ResourceRoutes(
            registry,
            new AnswerEncoder(clock, random),
            new PodStreams(nodes, clock),
            new TokenRequests(tokens, objects, clock, random),
            new AccessReviews(authorizer, clock));
    this.paths =
        new PathRoutes(new Published(registry, backing.schemas()), health, metrics, tokens);
    health.with("store", store::problem);
    metrics.gauge("apiserver_current_inflight_requests", inFlight::count);
    metrics.gauge("ordinal_store_revision", store::revision);
    metrics.gauge("ordinal_store_compacted_revision", store::compactedRevision);
  }

  /// What lies under an API server.
  public record Backing(Store store, Schemas schemas) {}

  /// A request from this process, whose sender is known. Never throws for a bad request: that is
  /// answered with a Status.
  public ApiResponse handle(ApiRequest request) {
    return run(
        request, request::user, request::body, inFlight::enterFromInside, this::checkFromInside);
  }

  /// A request from a connection, whose sender has to show who it is.
  ///
  /// @param request with anybody as its user and an empty body
  public ApiResponse handle(ApiRequest request, Credentials credentials, RequestBody body) {
    return run(
        request,
        () -> authenticator.authenticate(credentials),
        body,
        inFlight::enter,
        authorizer::check);
  }

  /// Every request's way. The body is read before a place is taken: who sends slowly waits at its
  /// own expense.
  private ApiResponse run(
      ApiRequest request,
      Supplier<User> sender,
      RequestBody body,
      Supplier<InFlight.Place> places,
      BiConsumer<User, Action> check) {
    var entry = audit.begin(request);
    try {
      var known = sender.get();
      entry.by(known);
      var user = impersonation.actingFor(known, request.headers());
      entry.as(user);
      var target = Target.parse(request.method(), request.path(), request.query());
      check.accept(user, action(request, target));
      entry.about(target);
      var whole = request.by(user).with(body.read());
      try (var _ = places.get()) {
        return entry.answered(route(whole, target));
      }
    } catch (ApiException e) {
      return entry.answered(AnswerEncoder.status(e.status(), request));
    } catch (RuntimeException e) {
      LOG.error("{} {} failed, audit id {}", request.method(), request.path(), entry.id(), e);
      var status = Status.internal("see the server's log for audit id " + entry.id());
      return entry.answered(AnswerEncoder.status(status, request));
    }
  }

  /// A part of this process that is refused lacks a right that its work needs: somebody should
  /// know.
  private void checkFromInside(User user, Action action) {
    try {
      authorizer.check(user, action);
    } catch (ApiException e) {
      LOG.info("Refused from inside: {}", e.getMessage());
      throw e;
    }
  }

  private ApiResponse route(ApiRequest request, Optional<Target> target) {
    return target.isPresent()
        ? resources.answer(request, asCreate(target.get()))
        : paths.answer(request);
  }

  private static Action action(ApiRequest request, Optional<Target> target) {
    return target
        .<Action>map(t -> Action.OnResource.of(asCreate(t), request.query()))
        .orElseGet(
            () -> new Action.OnPath(request.method().toLowerCase(Locale.ROOT), request.path()));
  }

  /// A command over a WebSocket is a GET, but it is no reading (Kubernetes 1.36).
  private static Target asCreate(Target target) {
    return target.verb() == Verb.GET && CONNECTS.contains(target.subresource())
        ? target.with(Verb.CREATE)
        : target;
  }

  /// The checks behind `/readyz`; more may be added before requests come.
  public Health health() {
    return health;
  }

  /// What `/metrics` shows.
  public Metrics metrics() {
    return metrics;
  }

  /// From now on `/readyz` fails and watches end.
  @Override
  public void close() {
    health.stop();
    registry.close();
  }
}
