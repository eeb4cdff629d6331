package io.ordinal.node.volume;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccountTokenProjection;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.ordinal.node.facts.ApiObjects;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Service account tokens of pods, bound to the pod; asked for again at 80 % of their life or after
/// a day.
final class Tokens {
  private static final long USUAL_SECONDS = 3600;
  private static final Duration DAY = Duration.ofHours(24);

  private record Key(String uid, String audience, long seconds, String path) {}

  private record Held(String token, Instant askedAt, Instant renewAt) {
    /// A clock that was set back makes a token one of the future: nobody takes it.
    boolean good(Instant now) {
      return renewAt.isAfter(now) && !askedAt.isAfter(now);
    }
  }

  private final ApiObjects objects;
  private final InstantSource clock;
  private final Map<Key, Held> held = new ConcurrentHashMap<>();

  Tokens(ApiObjects objects, InstantSource clock) {
    this.objects = objects;
    this.clock = clock;
  }

  String token(Pod pod, ServiceAccountTokenProjection wanted) {
    var seconds =
        wanted.getExpirationSeconds() == null ? USUAL_SECONDS : wanted.getExpirationSeconds();
    var audience = wanted.getAudience() == null ? "" : wanted.getAudience();
    var key = new Key(pod.getMetadata().getUid(), audience, seconds, wanted.getPath());
    var known = held.get(key);
    var now = clock.instant();
    if (known != null && known.good(now)) {
      return known.token();
    }
    var fresh = ask(pod, audience, seconds);
    var life = Duration.ofSeconds(seconds * 8 / 10);
    held.put(key, new Held(fresh, now, now.plus(life.compareTo(DAY) < 0 ? life : DAY)));
    return fresh;
  }

  private String ask(Pod pod, String audience, long seconds) {
    var metadata = pod.getMetadata();
    var spec =
        new TokenRequestBuilder()
            .withNewSpec()
            .withExpirationSeconds(seconds)
            .withNewBoundObjectRef()
            .withApiVersion("v1")
            .withKind("Pod")
            .withName(metadata.getName())
            .withUid(metadata.getUid())
            .endBoundObjectRef();
    var request = (audience.isEmpty() ? spec : spec.withAudiences(audience)).endSpec().build();
    var account = pod.getSpec().getServiceAccountName();
    return objects
        .token(metadata.getNamespace(), account == null ? "default" : account, request)
        .getStatus()
        .getToken();
  }

  void forget(String uid) {
    held.keySet().removeIf(key -> key.uid().equals(uid));
  }
}
