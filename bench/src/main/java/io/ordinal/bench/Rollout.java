package io.ordinal.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// An OrderedReady StatefulSet with its headless Service: applied until rolled out, then its
/// template changed until rolled out again.
final class Rollout implements Benchmark {

  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Duration LOOK = Duration.ofMillis(10);

  private final Api api;
  private final int replicas;
  private final int repetitions;
  private final Settings.Images images;

  Rollout(Api api, int replicas, int repetitions, Settings.Images images) {
    this.api = api;
    this.replicas = replicas;
    this.repetitions = repetitions;
    this.images = images;
  }

  @Override
  public String what() {
    return "an OrderedReady set of %d × %s, then %s; median of %d, looked at every %d ms"
        .formatted(
            replicas,
            images.first(),
            images.next().map(next -> "the image " + next).orElse("a changed annotation"),
            repetitions,
            LOOK.toMillis());
  }

  @Override
  public List<Step> steps() {
    return List.of(this::measure);
  }

  private List<Figure> measure() throws Exception {
    var applied = new ArrayList<Long>();
    var changed = new ArrayList<Long>();
    for (var i = 0; i < repetitions; i++) {
      var namespace = api.createNamespace();
      try {
        awaitServiceAccount(namespace);
        var sets = "/apis/apps/v1/namespaces/" + namespace + "/statefulsets";
        var before = System.nanoTime();
        api.send("POST", "/api/v1/namespaces/" + namespace + "/services", service());
        api.send("POST", sets, set());
        awaitRolledOut(sets + "/web");
        applied.add(System.nanoTime() - before);
        before = System.nanoTime();
        api.send("PATCH", sets + "/web", change());
        awaitRolledOut(sets + "/web");
        changed.add(System.nanoTime() - before);
        api.sendAnyway("DELETE", sets + "/web");
      } finally {
        api.deleteNamespace(namespace);
      }
      // taking down the last set would be measured with the next one
      await(() -> !api.answers("/api/v1/namespaces/" + namespace), namespace);
    }
    return List.of(
        new Figure("apply → rolled out", median(applied), "ms"),
        new Figure("change → rolled out", median(changed), "ms"));
  }

  private static double median(List<Long> nanos) {
    return new Latencies(nanos.stream().mapToLong(Long::longValue).toArray()).milliseconds(0.5);
  }

  /// A pod of a namespace whose service account does not exist yet is refused.
  private void awaitServiceAccount(String namespace) throws IOException, InterruptedException {
    await(
        () -> api.answers("/api/v1/namespaces/" + namespace + "/serviceaccounts/default"),
        namespace);
  }

  private void awaitRolledOut(String path) throws IOException, InterruptedException {
    await(() -> isRolledOut(path), path);
  }

  private boolean isRolledOut(String path) throws IOException, InterruptedException {
    var set = api.get(path);
    var status = set.path("status");
    return status.path("observedGeneration").asLong(0)
            == set.path("metadata").path("generation").asLong(-1)
        && status.path("readyReplicas").asInt(0) == replicas
        && status.path("updatedReplicas").asInt(0) == replicas
        && status
            .path("currentRevision")
            .asString("")
            .equals(status.path("updateRevision").asString("-"));
  }

  private interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  private static void await(Condition condition, String what)
      throws IOException, InterruptedException {
    var end = System.nanoTime() + LONGEST.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        throw new IOException(what + " was not ready within " + LONGEST.toMinutes() + " minutes");
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  private String change() {
    return images
        .next()
        .map(next ->
            "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"web\",\"image\":\""
                + next
                + "\"}]}}}}")
        .orElse(
            "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"bench\":\"changed\"}}}}}");
  }

  private static String service() {
    return """
    {"apiVersion":"v1","kind":"Service","metadata":{"name":"web"},\
    "spec":{"clusterIP":"None","selector":{"app":"web"},"ports":[{"port":80,"name":"web"}]}}\
    """;
  }

  private String set() {
    return """
    {"apiVersion":"apps/v1","kind":"StatefulSet","metadata":{"name":"web"},\
    "spec":{"serviceName":"web","replicas":%d,"selector":{"matchLabels":{"app":"web"}},\
    "template":{"metadata":{"labels":{"app":"web"}},\
    "spec":{"terminationGracePeriodSeconds":1,\
    "containers":[{"name":"web","image":"%s","imagePullPolicy":"IfNotPresent"}]}}}}\
    """
        .formatted(replicas, images.first());
  }
}
