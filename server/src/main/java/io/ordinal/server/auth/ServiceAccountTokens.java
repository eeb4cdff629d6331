package io.ordinal.server.auth;

import io.ordinal.server.User;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Users by service account token (contract G1): the signature, issuer, audience and time must be
/// right, the account must still exist with the token's uid, and so must what the token is bound
/// to.
public final class ServiceAccountTokens {
  private static final int REMEMBERED = 4096;
  private static final Duration AFTER_DELETION = Duration.ofSeconds(60);
  private static final List<String> BINDINGS = List.of("pod", "secret", "node");

  private final TokenConfig config;
  private final StoredObjects objects;
  private final InstantSource clock;
  private final Map<String, ObjectNode> verified = new ConcurrentHashMap<>();

  /// Accepts tokens about these objects.
  public ServiceAccountTokens(TokenConfig config, StoredObjects objects, InstantSource clock) {
    this.config = config;
    this.objects = objects;
    this.clock = clock;
  }

  /// The user of a token that is good now.
  Optional<User> user(String token) {
    return claims(token).filter(this::isForUsNow).flatMap(this::stillThere);
  }

  /// A signature does not change: it is checked once. Everything else is looked at every time.
  private Optional<ObjectNode> claims(String token) {
    var known = verified.get(token);
    if (known != null) {
      return Optional.of(known);
    }
    var claims = config.keys().verify(token);
    claims.ifPresent(good -> remember(token, good));
    return claims;
  }

  private void remember(String token, ObjectNode claims) {
    if (verified.size() >= REMEMBERED) {
      verified.clear();
    }
    verified.put(token, claims);
  }

  /// A token begins at its `nbf`, seen from the later of now and its issue. Only this cluster has
  /// the key, so a token that is there was issued in the past, whatever the wall clock says since
  /// somebody has set it back: asking the clock alone would lock out every token until time has
  /// caught up, and the holders would not fetch new ones before these run out.
  private boolean isForUsNow(JsonNode claims) {
    var now = clock.instant().getEpochSecond();
    var issued = claims.path("iat").asLong(0);
    return claims.path("iss").asString("").equals(config.issuer())
        && audienceFits(claims.path("aud"))
        && now < claims.path("exp").asLong(0)
        && Math.max(now, issued) >= claims.path("nbf").asLong(Long.MAX_VALUE);
  }

  private boolean audienceFits(JsonNode audiences) {
    for (var audience : audiences) {
      if (config.audiences().contains(audience.asString(""))) {
        return true;
      }
    }
    return config.audiences().contains(audiences.asString(""));
  }

  private Optional<User> stillThere(JsonNode claims) {
    var ours = claims.path("kubernetes.io");
    var namespace = ours.path("namespace").asString("");
    var account = ours.path("serviceaccount");
    var name = account.path("name").asString("");
    var uid = account.path("uid").asString("");
    var exists =
        objects.serviceAccount(namespace, name).filter(found -> lives(found, uid)).isPresent();
    if (!exists || !boundObjectsLive(ours, namespace)) {
      return Optional.empty();
    }
    return Optional.of(User.serviceAccount(namespace, name, uid, extra(claims, ours)));
  }

  private boolean boundObjectsLive(JsonNode ours, String namespace) {
    for (var binding : BINDINGS) {
      var reference = ours.path(binding);
      // A pod's token names the pod's node for information; only a token of its own binds to a
      // node.
      var isInformation = binding.equals("node") && ours.has("pod");
      if (reference.isObject() && !isInformation) {
        var kind = Character.toUpperCase(binding.charAt(0)) + binding.substring(1);
        var found = objects.bound(kind, namespace, reference.path("name").asString(""));
        if (found.filter(it -> lives(it, reference.path("uid").asString(""))).isEmpty()) {
          return false;
        }
      }
    }
    return true;
  }

  /// Whether it is the same object, and not one that should be gone for a minute.
  private boolean lives(JsonNode object, String uid) {
    var deleted = StoredObjects.deletionTimestamp(object);
    return StoredObjects.uid(object).equals(uid)
        && (deleted.isEmpty()
            || !Instant.parse(deleted).plus(AFTER_DELETION).isBefore(clock.instant()));
  }

  private static Map<String, List<String>> extra(JsonNode claims, JsonNode ours) {
    var extra = new HashMap<String, List<String>>();
    put(extra, "credential-id", "JTI=" + claims.path("jti").asString(""));
    put(extra, "pod-name", ours.path("pod").path("name").asString(""));
    put(extra, "pod-uid", ours.path("pod").path("uid").asString(""));
    put(extra, "node-name", ours.path("node").path("name").asString(""));
    put(extra, "node-uid", ours.path("node").path("uid").asString(""));
    return extra;
  }

  private static void put(Map<String, List<String>> extra, String key, String value) {
    if (!value.isEmpty()) {
      extra.put("authentication.kubernetes.io/" + key, List.of(value));
    }
  }
}
