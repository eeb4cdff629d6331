package io.ordinal.server;

import com.sun.management.OperatingSystemMXBean;
import io.ordinal.schema.Schemas;
import io.ordinal.server.auth.TokenConfig;
import io.ordinal.server.auth.TokenKeys;
import io.ordinal.server.builtin.BuiltIn;
import io.ordinal.server.registry.Surroundings;
import io.ordinal.store.Retention;
import io.ordinal.store.Store;
import io.ordinal.store.sqlite.SqliteStore;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// Measures the API server alone, by hand: the writes of a pod's life from a part in this process,
/// with watches of all pods and of the pods of each node. The folder is given as the first argument
/// and is deleted by nobody.
final class ServerSpeed {
  private static final int NODES = 8;
  private static final int WRITERS = 16;
  private static final int WRITES = 6;
  private static final Duration SPAN = Duration.ofSeconds(30);
  private static final String PODS = "/api/v1/namespaces/default/pods";

  private static final String READY =
      """
      {"status":{"phase":"Running","podIP":"10.244.0.7","podIPs":[{"ip":"10.244.0.7"}],"hostIP":"10.0.0.1",
        "startTime":"2026-01-01T00:00:00Z",
        "conditions":[{"type":"Initialized","status":"True","lastTransitionTime":"2026-01-01T00:00:00Z"},
          {"type":"Ready","status":"%s","lastTransitionTime":"2026-01-01T00:00:00Z"},
          {"type":"ContainersReady","status":"%s","lastTransitionTime":"2026-01-01T00:00:00Z"}],
        "containerStatuses":[{"name":"web","image":"registry.example/web:1.27","imageID":"sha256:1","ready":%s,
          "restartCount":0,"started":true,"state":{"running":{"startedAt":"2026-01-01T00:00:00Z"}}}]}}
      """;

  private final ApiServer api;
  private final AtomicInteger next = new AtomicInteger();

  private ServerSpeed(ApiServer api) {
    this.api = api;
  }

  static void main(String[] arguments) throws Exception {
    var folder = Files.createTempDirectory(Path.of(arguments[0]), "speed");
    var pumps = Executors.newVirtualThreadPerTaskExecutor();
    var store =
        SqliteStore.open(
            folder,
            Retention.USUAL,
            Clock.systemUTC(),
            (loop, cause) -> Runtime.getRuntime().halt(1));
    var speed =
        new ServerSpeed(
            server(store, new Surroundings(Clock.systemUTC(), new SecureRandom(), pumps)));
    speed.send(
        "POST",
        "/api/v1/namespaces/default/serviceaccounts",
        "application/json",
        "{\"metadata\":{\"name\":\"default\"}}");
    for (var i = 0; i < 4; i++) speed.watch("");
    for (var i = 0; i < NODES; i++) speed.watch("spec.nodeName=node-" + i);
    for (var i = 0; i < 3; i++) speed.round();
    System.exit(0);
  }

  private static ApiServer server(Store store, Surroundings surroundings) {
    var tokens =
        TokenConfig.of("https://issuer", new TokenKeys(TestAuthority.newKeys(), List.of()));
    var schemas = Schemas.load();
    return new ApiServer(
        ServerConfig.of(tokens, List.of()),
        BuiltIn.on(store, schemas, "10.96.0.0/16", surroundings),
        new ApiServer.Backing(store, schemas),
        new TestNodes(),
        surroundings);
  }

  private void round() throws InterruptedException {
    var machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    var from = next.get();
    var cpu = machine.getProcessCpuTime();
    var begin = System.nanoTime();
    var writers = new ArrayList<Thread>();
    for (var i = 0; i < WRITERS; i++) {
      writers.add(Thread.ofVirtual().start(() -> live(begin + SPAN.toNanos())));
    }
    for (var writer : writers) writer.join();
    var pods = next.get() - from;
    var writes = pods * WRITES;
    System.out.printf(
        Locale.ROOT,
        "%,d pods/s, %,d writes/s, %.0f µs of CPU per write%n",
        pods / SPAN.toSeconds(),
        writes / SPAN.toSeconds(),
        (machine.getProcessCpuTime() - cpu) / 1e3 / writes);
  }

  private void live(long end) {
    while (System.nanoTime() < end) {
      var number = next.incrementAndGet();
      var name = "web-" + number;
      var pod = PODS + "/" + name;
      send("POST", PODS, "application/json", pod(name));
      send(
          "POST",
          pod + "/binding",
          "application/json",
          "{\"metadata\":{\"name\":\"%s\"},\"target\":{\"kind\":\"Node\",\"name\":\"node-%d\"}}"
              .formatted(name, number % NODES));
      send(
          "PATCH",
          pod + "/status",
          "application/strategic-merge-patch+json",
          READY.formatted("False", "False", "false"));
      send(
          "PATCH",
          pod + "/status",
          "application/merge-patch+json",
          READY.formatted("True", "True", "true"));
      send(
          "PATCH",
          pod,
          "application/merge-patch+json",
          "{\"metadata\":{\"annotations\":{\"a\":\"b\"}}}");
      send("DELETE", pod, "application/json", "{\"gracePeriodSeconds\":0}");
    }
  }

  private static String pod(String name) {
    return """
    {"apiVersion":"v1","kind":"Pod","metadata":{"name":"%s","namespace":"default",
      "labels":{"app":"web","apps.kubernetes.io/pod-index":"0","statefulset.kubernetes.io/pod-name":"%s"},
      "ownerReferences":[{"apiVersion":"apps/v1","kind":"StatefulSet","name":"web","uid":"0-1","controller":true,"blockOwnerDeletion":true}]},
     "spec":{"hostname":"%s","subdomain":"web","containers":[{"name":"web","image":"registry.example/web:1.27",
       "env":[{"name":"A","value":"1"},{"name":"B","valueFrom":{"fieldRef":{"fieldPath":"metadata.name"}}}],
       "resources":{"requests":{"cpu":"10m","memory":"16Mi"},"limits":{"memory":"32Mi"}},
       "readinessProbe":{"httpGet":{"path":"/","port":80},"periodSeconds":5},
       "volumeMounts":[{"name":"data","mountPath":"/data"}]}],
      "volumes":[{"name":"data","emptyDir":{}}]}}
    """
        .formatted(name, name, name);
  }

  private void send(String method, String path, String contentType, String body) {
    var headers =
        Headers.NONE
            .with("Content-Type", contentType)
            .with("Accept", "application/json")
            .with("User-Agent", "speed/1");
    var answer =
        api.handle(
            new ApiRequest(
                method,
                path,
                Query.NONE,
                headers,
                User.admin(),
                body.getBytes(StandardCharsets.UTF_8)));
    if (answer.status() >= 300)
      throw new IllegalStateException(method + " " + path + ": " + answer);
  }

  private void watch(String fields) {
    var query = Query.parse("watch=1&fieldSelector=" + fields.replace("=", "%3D"));
    var answer =
        api.handle(new ApiRequest("GET", PODS, query, Headers.NONE, User.admin(), new byte[0]));
    if (!(answer instanceof ApiResponse.Streamed streamed))
      throw new IllegalStateException("refused: " + answer);
    Thread.ofVirtual().start(() -> takeAll(streamed.frames()));
  }

  private static void takeAll(Frames frames) {
    try {
      var frame = frames.take();
      while (frame != null) frame = frames.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
