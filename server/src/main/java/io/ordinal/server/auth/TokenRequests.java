package io.ordinal.server.auth;

import io.ordinal.server.ApiException;
import io.ordinal.server.Status;
import io.ordinal.server.Status.Cause;
import io.ordinal.server.Target;
import io.ordinal.server.User;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Issues tokens: `POST serviceaccounts/{name}/token` (contract G1, KEP-1205).
public final class TokenRequests {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final long ORDINARY_SECONDS = 3600;
  private static final long LEAST_SECONDS = 600;
  private static final long MOST_SECONDS = 1L << 32;

  /// What the projected volume of every pod asks for. Old clients do not read the file again, so
  /// the token lives for a year and only warns.
  private static final long PROJECTED_SECONDS = 3607;

  private static final Duration PROJECTED_LIFE = Duration.ofDays(365);
  private static final Set<String> BINDABLE = Set.of("Pod", "Secret", "Node");

  private final TokenConfig config;
  private final StoredObjects objects;
  private final InstantSource clock;
  private final RandomGenerator random;

  /// Issues tokens for stored service accounts.
  public TokenRequests(
      TokenConfig config, StoredObjects objects, InstantSource clock, RandomGenerator random) {
    this.config = config;
    this.objects = objects;
    this.clock = clock;
    this.random = random;
  }

  /// Answers the request with its status filled.
  ///
  /// @param body a TokenRequest
  public ObjectNode create(Target target, User user, ObjectNode body) {
    var namespace = target.namespace();
    var name = target.name();
    var account =
        objects
            .serviceAccount(namespace, name)
            .orElseThrow(() -> new ApiException(Status.notFound("", "serviceaccounts", name)));
    var spec = specOf(body);
    var seconds = seconds(spec, name);
    var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    var ours = JSON.createObjectNode().put("namespace", namespace);
    ours.putObject("serviceaccount").put("name", name).put("uid", StoredObjects.uid(account));
    bind(ours, spec.path("boundObjectRef"), namespace, name, user);
    var token = config.keys().sign(claims(spec, ours, seconds, now));
    return answer(body, target, token, now, seconds);
  }

  private ObjectNode specOf(ObjectNode body) {
    var spec = body.get("spec") instanceof ObjectNode given ? given : body.putObject("spec");
    if (spec.path("audiences").isEmpty()) {
      spec.putArray("audiences").add(config.audiences().getFirst());
    }
    if (spec.path("expirationSeconds").isMissingNode() || spec.path("expirationSeconds").isNull()) {
      spec.put("expirationSeconds", ORDINARY_SECONDS);
    }
    return spec;
  }

  private static long seconds(JsonNode spec, String name) {
    var seconds = spec.path("expirationSeconds").asLong(ORDINARY_SECONDS);
    if (seconds < LEAST_SECONDS) {
      throw invalidSeconds(name, seconds, "may not specify a duration less than 10 minutes");
    }
    if (seconds > MOST_SECONDS) {
      throw invalidSeconds(name, seconds, "may not specify a duration larger than 2^32 seconds");
    }
    return seconds;
  }

  private static ApiException invalidSeconds(String name, long seconds, String why) {
    var message = "Invalid value: " + seconds + ": " + why;
    var cause = new Cause("FieldValueInvalid", message, "spec.expirationSeconds");
    return new ApiException(
        Status.invalid("authentication.k8s.io", "TokenRequest", name, List.of(cause)));
  }

  private void bind(
      ObjectNode ours, JsonNode reference, String namespace, String account, User user) {
    if (!reference.isObject()) {
      refuseNode(user);
      return;
    }
    var kind = reference.path("kind").asString("");
    if (!reference.path("apiVersion").asString("").equals("v1") || !BINDABLE.contains(kind)) {
      throw new ApiException(
          Status.badRequest(
              "cannot bind token to object of type "
                  + reference.path("apiVersion").asString("")
                  + ", Kind="
                  + kind));
    }
    var name = reference.path("name").asString("");
    var object =
        objects
            .bound(kind, namespace, name)
            .orElseThrow(() -> new ApiException(Status.notFound("", plural(kind), name)));
    checkUid(reference, object, kind, name);
    if (kind.equals("Pod")) {
      bindNodeOf(object, ours, account, user);
    } else {
      refuseNode(user);
    }
    ours.putObject(kind.toLowerCase(Locale.ROOT))
        .put("name", name)
        .put("uid", StoredObjects.uid(object));
  }

  private static void checkUid(JsonNode reference, JsonNode object, String kind, String name) {
    var asked = reference.path("uid").asString("");
    var actual = StoredObjects.uid(object);
    if (!asked.isEmpty() && !asked.equals(actual)) {
      throw new ApiException(
          Status.conflict(
              "",
              plural(kind),
              name,
              "the UID in the bound object reference ("
                  + asked
                  + ") does not match the UID in record. The object might have been deleted and"
                  + " then recreated"));
    }
  }

  private void bindNodeOf(JsonNode pod, ObjectNode ours, String account, User user) {
    var spec = pod.path("spec");
    if (!spec.path("serviceAccountName").asString("").equals(account)) {
      throw new ApiException(
          Status.badRequest(
              "cannot bind token for serviceaccount \""
                  + account
                  + "\" to pod running with different serviceaccount name."));
    }
    var node = spec.path("nodeName").asString("");
    if (user.in(User.NODES) && !user.name().equals("system:node:" + node)) {
      refuseNode(user);
    }
    if (!node.isEmpty()) {
      var reference = ours.putObject("node").put("name", node);
      objects
          .bound("Node", "", node)
          .ifPresent(found -> reference.put("uid", StoredObjects.uid(found)));
    }
  }

  /// A node gets tokens only for the pods that run on it (NodeRestriction).
  private static void refuseNode(User user) {
    if (user.in(User.NODES)) {
      throw new ApiException(
          Status.forbidden(
              "", "serviceaccounts", "token", "node requested token not bound to a pod on it"));
    }
  }

  private ObjectNode claims(ObjectNode spec, ObjectNode ours, long seconds, Instant now) {
    var claims = JSON.createObjectNode();
    claims.set("aud", spec.path("audiences"));
    var extended = seconds == PROJECTED_SECONDS && ours.has("pod") && isForUs(spec);
    var life = extended ? PROJECTED_LIFE : Duration.ofSeconds(seconds);
    claims.put("exp", now.plus(life).getEpochSecond());
    claims.put("iat", now.getEpochSecond());
    claims.put("iss", config.issuer());
    claims.put("jti", randomId());
    if (extended) {
      ours.put("warnafter", now.getEpochSecond() + seconds);
    }
    claims.set("kubernetes.io", ours);
    claims.put("nbf", now.getEpochSecond());
    claims.put("sub", subject(ours));
    return claims;
  }

  private boolean isForUs(ObjectNode spec) {
    for (var audience : spec.path("audiences")) {
      if (!config.audiences().contains(audience.asString(""))) {
        return false;
      }
    }
    return true;
  }

  private static String subject(ObjectNode ours) {
    return User.serviceAccountName(
        ours.path("namespace").asString(""), ours.path("serviceaccount").path("name").asString(""));
  }

  private String randomId() {
    var bytes = new byte[16];
    random.nextBytes(bytes);
    var hex = HexFormat.of().formatHex(bytes);
    return String.join(
        "-",
        hex.substring(0, 8),
        hex.substring(8, 12),
        "4" + hex.substring(13, 16),
        "8" + hex.substring(17, 20),
        hex.substring(20));
  }

  private static ObjectNode answer(
      ObjectNode body, Target target, String token, Instant now, long seconds) {
    body.put("kind", "TokenRequest").put("apiVersion", "authentication.k8s.io/v1");
    body.putObject("metadata")
        .put("name", target.name())
        .put("namespace", target.namespace())
        .put("creationTimestamp", now.toString());
    body.putObject("status")
        .put("token", token)
        .put("expirationTimestamp", now.plusSeconds(seconds).toString());
    return body;
  }

  private static String plural(String kind) {
    return kind.toLowerCase(Locale.ROOT) + "s";
  }
}
