package io.ordinal.server.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.schema.Quantity;
import io.ordinal.schema.Schemas;
import io.ordinal.server.ApiRequest;
import io.ordinal.server.ApiResponse;
import io.ordinal.server.ApiServer;
import io.ordinal.server.Headers;
import io.ordinal.server.Query;
import io.ordinal.server.ServerConfig;
import io.ordinal.server.TestAuthority;
import io.ordinal.server.TestNodes;
import io.ordinal.server.User;
import io.ordinal.server.auth.TokenConfig;
import io.ordinal.server.auth.TokenKeys;
import io.ordinal.server.builtin.BuiltIn;
import io.ordinal.server.registry.Surroundings;
import io.ordinal.server.tree.Json;
import io.ordinal.server.tree.Tree;
import io.ordinal.store.DurableStore;
import io.ordinal.store.Entry;
import io.ordinal.store.MemoryStore;
import io.ordinal.store.Page;
import io.ordinal.store.Range;
import io.ordinal.store.Retention;
import io.ordinal.store.Store;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// Many creators on one quota, on the whole API server: what is stored never exceeds what is
/// allowed, at no revision, and what is allowed can be had.
class QuotaCrowdTest {
  private static final Schemas SCHEMAS = Schemas.load();
  private static final TokenConfig TOKENS =
      TokenConfig.of("https://issuer", new TokenKeys(TestAuthority.newKeys(), List.of()));
  private static final int CREATORS = 64;
  private static final int MOST_PODS = 20;
  private static final Set<Integer> EXPECTED = Set.of(200, 201, 403, 404, 409);
  private static final Set<Integer> DISK_FAILS = Set.of(500, 503);
  private static final int MOST_MILLIS = 6000;
  private static final String PODS = "/core/pods/shop/";
  private static final String SHOP = "/api/v1/namespaces/shop/";

  @Test
  void sixtyFourCreatorsGetExactlyWhatThereIs() throws Exception {
    try (var store = MemoryStore.create();
        var api = server(store, 1)) {
      open(api, "'pods':'100'");
      var admitted = new ConcurrentLinkedQueue<String>();
      together(creator -> {
        for (var i = 0; i < 10; i++) {
          var name = "p-" + creator + "-" + i;
          var code = post(api, SHOP + "pods", pod(name, 1)).status();
          assertThat(code).isIn(201, 403);
          if (code == 201) admitted.add(name);
        }
      });
      assertThat(admitted).hasSize(100);
      assertThat(livingPods(store)).isEqualTo(100);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void neverMoreThanThereIsWhoeverComesAndGoes(long seed) throws Exception {
    try (var store = MemoryStore.create()) {
      live(store, seed, true, Set.of(), () -> {});
    }
  }

  /// Three lives of a server on one disk. Commits fail now and then, with the write on the disk or
  /// not; each life but the last ends in the middle of the work, as by a kill.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void neverMoreThanThereIsOnADiskThatFailsAndAServerThatDies(long seed) throws Exception {
    var disk = new BadDisk(new Random(seed));
    var faults = new ConcurrentLinkedQueue<Throwable>();
    for (var life = 1; life <= 3; life++) {
      var commits = life < 3 ? 30 * life : Integer.MAX_VALUE;
      disk.mend();
      try (var store =
          DurableStore.open(
              disk, Retention.USUAL, Clock.systemUTC(), (_, cause) -> faults.add(cause))) {
        live(store, seed * 10 + life, life == 3, DISK_FAILS, () -> disk.turnBad(commits));
      }
      assertThat(faults).isEmpty();
    }
  }

  private static void live(
      Store store, long seed, boolean last, Set<Integer> failures, Runnable opened)
      throws Exception {
    try (var api = server(store, seed)) {
      open(api, "'pods':'" + MOST_PODS + "','requests.cpu':'" + MOST_MILLIS + "m'");
      opened.run();
      var before = store.range(Range.all(PODS));
      together(creator -> {
        var random = new Random(seed * 1000 + creator);
        for (var i = 0; i < 25; i++) act(api, random, failures);
      });
      assertThat(excesses(store, before)).as("seed %d", seed).isEmpty();
      if (!last) return;
      fill(api, seed, failures);
      assertThat(livingPods(store)).as("seed %d: nothing is lost", seed).isEqualTo(MOST_PODS);
    }
  }

  /// One thing that somebody does, most of which is refused for one reason or another.
  private static void act(ApiServer api, Random random, Set<Integer> failures) {
    var name = "p" + random.nextInt(80);
    var path = SHOP + "pods/" + name;
    var ended = "{'status':{'phase':'Succeeded'}}";
    var answer =
        switch (random.nextInt(10)) {
          case 0, 1 -> send(api, "DELETE", path, "", "");
          case 2 -> send(api, "PATCH", path + "/status", "", ended);
          case 3 -> send(api, "POST", SHOP + "pods", "dryRun=All", pod(name, random.nextInt(600)));
          default -> post(api, SHOP + "pods", pod(name, random.nextInt(600)));
        };
    assertThat(answer.status()).matches(code -> EXPECTED.contains(code) || failures.contains(code));
  }

  /// Takes all that is left. On a bad disk, one tries again.
  private static void fill(ApiServer api, long seed, Set<Integer> failures) {
    for (var i = 0; i < 10_000; i++) {
      var code = post(api, SHOP + "pods", pod("fill-" + i, 0)).status();
      if (code == 403) return;
      assertThat(code).as("seed %d", seed).matches(c -> c == 201 || failures.contains(c));
    }
    throw new AssertionError("the quota is never used up");
  }

  /// The revisions at which more was there than is allowed.
  private static List<String> excesses(Store store, Page before) {
    var millis = new HashMap<String, Long>();
    for (var entry : before.entries()) note(millis, entry);
    var excesses = new ArrayList<String>();
    check(excesses, millis, before.revision());
    try (var changes = store.watch(PODS, before.revision())) {
      for (var change = changes.poll(); change != null; change = changes.poll()) {
        if (change.deleted()) millis.remove(change.key());
        else note(millis, change.entry());
        check(excesses, millis, change.revision());
      }
    }
    return excesses;
  }

  private static void check(List<String> excesses, Map<String, Long> millis, long revision) {
    var sum = millis.values().stream().mapToLong(m -> m).sum();
    if (millis.size() > MOST_PODS || sum > MOST_MILLIS) {
      excesses.add(millis.size() + " pods, " + sum + "m at revision " + revision);
    }
  }

  private static void note(Map<String, Long> millis, Entry entry) {
    var pod = Json.parse(entry.bytes());
    var container = Tree.objects(pod, "spec", "containers").getFirst();
    var cpu = Quantity.parse(Tree.text(container, "resources", "requests", "cpu"));
    if (hasEnded(pod)) millis.remove(entry.key());
    else millis.put(entry.key(), cpu.ceilingMillis());
  }

  private static boolean hasEnded(ObjectNode pod) {
    return Tree.text(pod, "status", "phase").equals("Succeeded");
  }

  private static long livingPods(Store store) {
    return store.range(Range.all(PODS)).entries().stream()
        .filter(entry -> !hasEnded(Json.parse(entry.bytes())))
        .count();
  }

  /// All creators at once.
  private static void together(IntConsumer work) throws Exception {
    var failures = new ConcurrentLinkedQueue<Throwable>();
    var start = new CyclicBarrier(CREATORS);
    var threads =
        IntStream.range(0, CREATORS)
            .mapToObj(creator ->
                Thread.ofVirtual()
                    .start(() -> {
                      try {
                        start.await();
                        work.accept(creator);
                      } catch (Exception | AssertionError e) {
                        failures.add(e);
                      }
                    }))
            .toList();
    for (var thread : threads) thread.join();
    assertThat(failures).isEmpty();
  }

  private static ApiServer server(Store store, long seed) {
    var surroundings = new Surroundings(Clock.systemUTC(), new Random(seed), Runnable::run);
    var builtIn = BuiltIn.on(store, SCHEMAS, "10.96.0.0/16", surroundings);
    return new ApiServer(
        ServerConfig.of(TOKENS, List.of()),
        builtIn,
        new ApiServer.Backing(store, SCHEMAS),
        new TestNodes(),
        surroundings);
  }

  /// Whatever is there already stays.
  private static void open(ApiServer api, String hard) {
    make(api, "/api/v1/namespaces", "{'metadata':{'name':'shop'}}");
    make(api, SHOP + "serviceaccounts", "{'metadata':{'name':'default'}}");
    make(api, SHOP + "resourcequotas", "{'metadata':{'name':'q'},'spec':{'hard':{" + hard + "}}}");
  }

  private static void make(ApiServer api, String path, String json) {
    assertThat(post(api, path, json).status()).isIn(201, 409);
  }

  private static String pod(String name, int millis) {
    return "{'metadata':{'name':'%s'},'spec':{'containers':[{'name':'c','image':'x:1','resources':{'requests':{'cpu':'%dm'}}}]}}"
        .formatted(name, millis);
  }

  private static ApiResponse.Whole post(ApiServer api, String path, String json) {
    return send(api, "POST", path, "", json);
  }

  private static ApiResponse.Whole send(
      ApiServer api, String method, String path, String query, String json) {
    var type = method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
    var request =
        new ApiRequest(
            method,
            path,
            query.isEmpty() ? Query.NONE : Query.parse(query),
            Headers.of("Content-Type", type),
            User.admin(),
            json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    return (ApiResponse.Whole) api.handle(request);
  }
}
