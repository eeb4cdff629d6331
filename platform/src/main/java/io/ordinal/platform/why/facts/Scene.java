package io.ordinal.platform.why.facts;

import io.ordinal.platform.answer.Refusal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// What one question sees of a namespace and the cluster around it: each thing is read once, when a
/// rule looks at it, and what the user may not read is remembered. A cluster that is too busy or
/// too broken to say what there is ends the question with a [Refusal] of 503: from what it has not
/// said, wrong causes would follow.
public final class Scene {

  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int FORBIDDEN = 403;
  private static final int UNAUTHORIZED = 401;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int INTERNAL_ERROR = 500;
  private static final int LOG_LINES = 10;

  private final Source source;
  private final InstantSource clock;
  private final String namespace;
  private final Map<String, Source.Reply> replies = new HashMap<>();
  private final Map<String, JsonNode> trees = new HashMap<>();
  private final Set<String> unseen = new TreeSet<>();
  private boolean logsCome = true;

  public Scene(Source source, InstantSource clock, String namespace) {
    this.source = source;
    this.clock = clock;
    this.namespace = namespace;
  }

  public String namespace() {
    return namespace;
  }

  public Instant now() {
    return clock.instant();
  }

  /// The plural names of what the user may not read although it might hold the cause.
  public List<String> unseen() {
    return List.copyOf(unseen);
  }

  /// The object of this name; empty when there is none, and when the user may not see it.
  public Optional<Thing> find(Resource resource, String name) {
    if (name.isEmpty()) return Optional.empty();
    var reply = read(resource.object(namespace, name), resource.plural());
    return reply.status() == OK
        ? Optional.of(new Thing(resource, tree(resource.object(namespace, name), reply)))
        : Optional.empty();
  }

  /// Whether the cluster says that there is no such object; what the user may not see may exist.
  public boolean isMissing(Resource resource, String name) {
    return !name.isEmpty()
        && read(resource.object(namespace, name), resource.plural()).status() == NOT_FOUND;
  }

  /// All objects of a kind: in the namespace, or in the cluster for what has none.
  public List<Thing> list(Resource resource) {
    return list(resource, "");
  }

  /// Those that the labels select.
  ///
  /// @param selector as the API takes it, such as `app=web`; "" for all
  public List<Thing> list(Resource resource, String selector) {
    var path = resource.collection(namespace);
    if (!selector.isEmpty()) path += "?labelSelector=" + Resource.escaped(selector);
    return items(path, resource.plural()).map(json -> new Thing(resource, json)).toList();
  }

  /// Whether the user may list these.
  public boolean isHidden(Resource resource) {
    return unseen.contains(resource.plural());
  }

  /// What happened to an object, the newest first.
  public List<Event> events(Thing thing) {
    var path =
        Resource.EVENTS.collection(namespace)
            + "?fieldSelector="
            + Resource.escaped("involvedObject.uid=" + thing.uid());
    return items(path, Resource.EVENTS.plural()).map(Event::of).sorted(Event.NEWEST_FIRST).toList();
  }

  /// The newest event of these.
  public Optional<Event> latest(Thing thing, Predicate<Event> which) {
    return events(thing).stream().filter(which).findFirst();
  }

  /// The last line that a container wrote before it ended; "" when nobody knows. Logs come from the
  /// nodes, and one that is down is waited for in vain: then no other log is asked for.
  public String lastLine(Thing pod, String container) {
    if (!logsCome) return "";
    var path =
        "%s/log?container=%s&previous=true&tailLines=%d"
            .formatted(
                Resource.PODS.object(namespace, pod.name()),
                Resource.escaped(container),
                LOG_LINES);
    try {
      var reply = ask(path, "pods/log");
      if (reply.status() != OK) return "";
      var lines = reply.body().lines().filter(line -> !line.isBlank()).toList();
      return lines.isEmpty() ? "" : lines.getLast().strip();
    } catch (RuntimeException e) {
      logsCome = false;
      return "";
    }
  }

  private Stream<JsonNode> items(String path, String what) {
    var reply = read(path, what);
    return reply.status() == OK
        ? Thing.elements(tree(path, reply).path("items"))
        : new ArrayList<JsonNode>().stream();
  }

  private Source.Reply read(String path, String what) {
    var reply = ask(path, what);
    if (reply.status() == TOO_MANY_REQUESTS || reply.status() >= INTERNAL_ERROR) {
      throw Refusal.unavailable(
          "the cluster cannot tell of %s now: it answers %d".formatted(what, reply.status()));
    }
    return reply;
  }

  private Source.Reply ask(String path, String what) {
    var reply = replies.computeIfAbsent(path, source::get);
    if (reply.status() == FORBIDDEN || reply.status() == UNAUTHORIZED) unseen.add(what);
    return reply;
  }

  private JsonNode tree(String path, Source.Reply reply) {
    return trees.computeIfAbsent(path, _ -> parsed(reply.body()));
  }

  private static JsonNode parsed(String body) {
    try {
      return JsonMapper.shared().readTree(body);
    } catch (JacksonException e) {
      return MissingNode.getInstance();
    }
  }
}
