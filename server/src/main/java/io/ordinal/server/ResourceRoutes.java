package io.ordinal.server;

import io.ordinal.schema.Gvk;
import io.ordinal.server.answer.AnswerEncoder;
import io.ordinal.server.answer.Representation;
import io.ordinal.server.auth.AccessReviews;
import io.ordinal.server.auth.TokenRequests;
import io.ordinal.server.registry.Answer;
import io.ordinal.server.registry.Call;
import io.ordinal.server.registry.Registry;
import io.ordinal.server.registry.Served;
import io.ordinal.server.stream.PodStreams;
import io.ordinal.server.table.Printer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Requests for resources: the few that no registry can answer, and the registry for all others.
final class ResourceRoutes {
  private static final String AUTHENTICATION = "authentication.k8s.io";
  private static final String AUTHORIZATION = "authorization.k8s.io";
  private static final Set<String> NOT_YET = Set.of("proxy");

  private final Registry registry;
  private final AnswerEncoder encoder;
  private final PodStreams pods;
  private final TokenRequests tokens;
  private final AccessReviews reviews;

  ResourceRoutes(
      Registry registry,
      AnswerEncoder encoder,
      PodStreams pods,
      TokenRequests tokens,
      AccessReviews reviews) {
    this.registry = registry;
    this.encoder = encoder;
    this.pods = pods;
    this.tokens = tokens;
    this.reviews = reviews;
  }

  /// What discovery shows: the registry's kinds and the reviews, which nobody stores; custom kinds
  /// come last.
  static List<Served> served(List<Served> stored) {
    var all = new ArrayList<>(stored.stream().filter(s -> s.custom().isEmpty()).toList());
    all.add(review(AUTHENTICATION, "SelfSubjectReview", false));
    all.add(review(AUTHORIZATION, "LocalSubjectAccessReview", true));
    all.add(review(AUTHORIZATION, "SelfSubjectAccessReview", false));
    all.add(review(AUTHORIZATION, "SelfSubjectRulesReview", false));
    all.add(review(AUTHORIZATION, "SubjectAccessReview", false));
    stored.stream().filter(s -> s.custom().isPresent()).forEach(all::add);
    return all;
  }

  private static Served review(String group, String kind, boolean namespaced) {
    var singular = kind.toLowerCase(Locale.ROOT);
    return new Served(
        group,
        "v1",
        singular + "s",
        singular,
        kind,
        namespaced,
        List.of("create"),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty());
  }

  ApiResponse answer(ApiRequest request, Target target) {
    var call =
        new Call(
            target,
            request.user(),
            request.query(),
            request.contentType(),
            request.headers().first("User-Agent"),
            request.body());
    var user = request.user();
    return switch (target.group() + "/" + target.resourcePath()) {
      case "/pods/log" -> pods.log(object(call, Verb.GET), request);
      case "/pods/exec" -> pods.exec(object(call, Verb.CREATE), request);
      case "/pods/attach" -> pods.attach(object(call, Verb.CREATE), request);
      case "/pods/portforward" -> pods.forward(object(call, Verb.CREATE));
      case "/pods/proxy" -> throw notYet(target);
      case "/serviceaccounts/token" -> token(call, request);
      case AUTHENTICATION + "/selfsubjectreviews" -> {
        requireCreate(target);
        yield AnswerEncoder.object(201, reviews.subject(call.user()), Representation.of(request));
      }
      case AUTHORIZATION + "/selfsubjectaccessreviews" ->
          review(call, request, "SelfSubjectAccessReview", review -> reviews.own(user, review));
      case AUTHORIZATION + "/selfsubjectrulesreviews" ->
          review(call, request, "SelfSubjectRulesReview", review -> reviews.rules(user, review));
      case AUTHORIZATION + "/subjectaccessreviews" ->
          review(call, request, "SubjectAccessReview", reviews::others);
      case AUTHORIZATION + "/localsubjectaccessreviews" ->
          review(
              call,
              request,
              "LocalSubjectAccessReview",
              review -> reviews.local(target.namespace(), review));
      default -> stored(call, request);
    };
  }

  private ApiResponse stored(Call call, ApiRequest request) {
    if (NOT_YET.contains(call.target().subresource())) {
      throw notYet(call.target());
    }
    var wanted = Representation.of(request);
    var target = call.target();
    var printer =
        registry
            .printer(target.group(), target.version(), target.resource())
            .orElse(Printer.NAME_ONLY);
    return encoder.encode(registry.answer(call), printer, request, wanted);
  }

  private ApiResponse token(Call call, ApiRequest request) {
    requireCreate(call.target());
    var body = registry.body(call, new Gvk(AUTHENTICATION, "v1", "TokenRequest")).object();
    var answer = tokens.create(call.target(), call.user(), body);
    return AnswerEncoder.object(201, answer, Representation.of(request));
  }

  private ApiResponse review(
      Call call, ApiRequest request, String kind, UnaryOperator<ObjectNode> answers) {
    requireCreate(call.target());
    var body = registry.body(call, new Gvk(AUTHORIZATION, "v1", kind)).object();
    var answer = answers.apply(body);
    return AnswerEncoder.object(201, answer, Representation.of(request));
  }

  /// The object itself that a subresource is asked of.
  private JsonNode object(Call call, Verb... allowed) {
    var target = call.target();
    if (!Set.of(allowed).contains(target.verb())) {
      throw new ApiException(Status.methodNotAllowed());
    }
    var whole =
        new Target(
            Verb.GET,
            target.group(),
            target.version(),
            target.resource(),
            "",
            target.namespace(),
            target.name());
    var get = new Call(whole, call.user(), Query.NONE, "", call.userAgent(), new byte[0]);
    return switch (registry.answer(get)) {
      case Answer.One one -> JsonMapper.shared().readTree(one.json());
      case Answer.Many _, Answer.Watching _ ->
          throw new IllegalStateException("a get answers one object");
    };
  }

  private static void requireCreate(Target target) {
    if (target.verb() != Verb.CREATE) {
      throw new ApiException(Status.methodNotAllowed());
    }
  }

  private static ApiException notYet(Target target) {
    return new ApiException(
        Status.failure(501, "NotImplemented", target.resourcePath() + " is not supported yet"));
  }
}
