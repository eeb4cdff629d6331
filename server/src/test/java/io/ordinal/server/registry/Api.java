package io.ordinal.server.registry;

import io.ordinal.schema.Schemas;
import io.ordinal.server.ApiException;
import io.ordinal.server.Query;
import io.ordinal.server.Status;
import io.ordinal.server.Target;
import io.ordinal.server.User;
import io.ordinal.server.auth.Authorizer;
import io.ordinal.server.builtin.BuiltIn;
import io.ordinal.server.tree.Json;
import io.ordinal.server.tree.Tree;
import io.ordinal.store.MemoryStore;
import io.ordinal.store.Store;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import tools.jackson.databind.node.ObjectNode;

/// A registry over a store in memory, spoken to in paths and JSON as over the wire. JSON may be
/// written with single quotes.
public final class Api implements AutoCloseable {
  private static final Schemas SCHEMAS = Schemas.load();

  public final Store store;
  public final Registry registry;
  public final Authorizer authorizer;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  public Api() {
    this(MemoryStore.create(), 1);
  }

  public Api(Store store, long seed) {
    this(store, seed, Runnable::run);
  }

  /// Watches are fed by `pumps`.
  public Api(Store store, long seed, Executor pumps) {
    this.store = store;
    InstantSource clock = () -> now;
    // what a store begins with is there before anybody else writes
    begin(store, new Surroundings(clock, new Random(seed), Runnable::run));
    var surroundings = new Surroundings(clock, new Random(seed), pumps);
    var builtIn = BuiltIn.on(store, SCHEMAS, "10.96.0.0/24", surroundings);
    this.registry = builtIn.registry();
    this.authorizer = builtIn.authorizer();
  }

  private static void begin(Store store, Surroundings surroundings) {
    BuiltIn.on(store, SCHEMAS, "10.96.0.0/24", surroundings).registry().close();
  }

  public void pass(long seconds) {
    now = now.plusSeconds(seconds);
  }

  public ObjectNode get(String path) {
    return one(call("GET", path, "", ""));
  }

  public List<ObjectNode> list(String path) {
    return ((Answer.Many) call("GET", path, "", "")).items().stream().map(Json::parse).toList();
  }

  public List<String> names(String path) {
    return list(path).stream().map(Metadata::name).toList();
  }

  public Answer.Many many(String path) {
    return (Answer.Many) call("GET", path, "", "");
  }

  public Subscription watch(String path) {
    var separator = path.contains("?") ? "&" : "?";
    return ((Answer.Watching) call("GET", path + separator + "watch=1", "", "")).subscription();
  }

  /// Everything that a watch has ready: `ADDED web-0`.
  public static List<String> events(Subscription subscription) {
    var events = new ArrayList<String>();
    for (var event = subscription.poll(); event != null; event = subscription.poll()) {
      events.add((event.type() + " " + Metadata.name(event.tree())).strip());
    }
    return events;
  }

  public ObjectNode post(String path, String json) {
    return one(call("POST", path, "application/json", json));
  }

  public ObjectNode put(String path, ObjectNode object) {
    return one(call("PUT", path, "application/json", object.toString()));
  }

  public ObjectNode put(String path, String json) {
    return one(call("PUT", path, "application/json", json));
  }

  public ObjectNode merge(String path, String json) {
    return one(call("PATCH", path, Patches.MERGE_PATCH, json));
  }

  public ObjectNode strategic(String path, String json) {
    return one(call("PATCH", path, Patches.STRATEGIC, json));
  }

  public ObjectNode jsonPatch(String path, String json) {
    return one(call("PATCH", path, Patches.JSON_PATCH, json));
  }

  public ObjectNode delete(String path) {
    return one(call("DELETE", path, "", ""));
  }

  public ObjectNode delete(String path, String options) {
    return one(call("DELETE", path, "application/json", options));
  }

  /// The Status by which a request is refused.
  public static Status refusal(Runnable request) {
    try {
      request.run();
    } catch (ApiException e) {
      return e.status();
    }
    throw new AssertionError("not refused");
  }

  public Answer call(String method, String path, String contentType, String json) {
    return callAs(User.admin(), method, path, contentType, json);
  }

  /// What this user sends, whom nobody asks whether he may.
  public Answer callAs(User user, String method, String path, String contentType, String json) {
    var mark = path.indexOf('?');
    var query = mark < 0 ? Query.NONE : Query.parse(path.substring(mark + 1));
    var plain = mark < 0 ? path : path.substring(0, mark);
    var target = Target.parse(method, plain, query).orElseThrow();
    var body = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return registry.answer(new Call(target, user, query, contentType, "test/1", body));
  }

  private static ObjectNode one(Answer answer) {
    return Json.parse(((Answer.One) answer).json());
  }

  /// The text at a path of an object: `spec.replicas`.
  public static String at(ObjectNode object, String path) {
    var found = Tree.at(object, path.split("\\."));
    return found == null ? "" : found.isString() ? found.stringValue() : found.toString();
  }

  /// Makes the service account that pods need.
  public Api withPods() {
    post(
        "/api/v1/namespaces/default/serviceaccounts",
        "{'metadata':{'name':'default','namespace':'default'}}");
    return this;
  }

  @Override
  public void close() {
    registry.close();
    store.close();
  }
}
