package io.ordinal.platform.why;

import io.ordinal.platform.why.facts.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A cluster that consists of what was written down of it, and that remembers what it was asked.
final class PaperCluster implements Source {

  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Map<String, ObjectNode> objects = new TreeMap<>();
  private final Map<String, Reply> replies = new TreeMap<>();
  private final List<String> asked = new ArrayList<>();

  /// @param json with single quotes
  PaperCluster with(String collection, String json) {
    var object = (ObjectNode) JSON.readTree(json.replace('\'', '"'));
    objects.put(collection + "/" + object.at("/metadata/name").asString(), object);
    return this;
  }

  /// Paths that contain this are answered so.
  PaperCluster answering(String part, int status) {
    replies.put(part, new Reply(status, ""));
    return this;
  }

  /// How often paths that contain this were asked for.
  long asked(String part) {
    return asked.stream().filter(path -> path.contains(part)).count();
  }

  @Override
  public Reply get(String path) {
    asked.add(path);
    return replies.entrySet().stream()
        .filter(reply -> path.contains(reply.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseGet(() -> look(path));
  }

  private Reply look(String path) {
    int query = path.indexOf('?');
    var bare = query < 0 ? path : path.substring(0, query);
    var object = objects.get(bare);
    if (object != null) return new Reply(OK, object.toString());
    return bare.matches(".*/(pods|events)")
        ? new Reply(OK, list(bare, path))
        : new Reply(NOT_FOUND, "");
  }

  /// Events are asked for by the UID of the object that they are about.
  private String list(String collection, String path) {
    var list = JSON.createObjectNode();
    var items = list.putArray("items");
    objects.forEach((place, object) -> {
      var about = object.at("/involvedObject/uid").asString("");
      if (place.startsWith(collection + "/") && path.endsWith(about)) items.add(object);
    });
    return list.toString();
  }
}
