package io.ordinal.platform.why.facts;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// An object of a cluster, as the cluster tells it. Nothing in it has to be there.
public record Thing(Resource resource, JsonNode json) {

  public String name() {
    return text("/metadata/name");
  }

  public String uid() {
    return text("/metadata/uid");
  }

  /// As kubectl names it: `pod/web-0`.
  public String reference() {
    var kind =
        switch (resource) {
          case PODS -> "pod";
          case CLAIMS -> "persistentvolumeclaim";
          case SETS -> "statefulset";
          case SERVICES -> "service";
          case SECRETS -> "secret";
          case EVENTS -> "event";
          case NODES -> "node";
          case VOLUMES -> "persistentvolume";
          case CLASSES -> "storageclass";
        };
    return kind + "/" + name();
  }

  /// The text at a JSON pointer; "" when there is none.
  public String text(String pointer) {
    return json.at(pointer).asString("");
  }

  public int number(String pointer, int otherwise) {
    return json.at(pointer).asInt(otherwise);
  }

  public boolean has(String pointer) {
    var node = json.at(pointer);
    return !node.isMissingNode() && !node.isNull();
  }

  /// The elements of the list at a JSON pointer.
  public List<JsonNode> list(String pointer) {
    return elements(json.at(pointer)).toList();
  }

  /// The elements of a list, none of anything else.
  public static Stream<JsonNode> elements(JsonNode list) {
    return list.isArray() ? list.valueStream() : Stream.empty();
  }

  /// A condition of its status.
  public Optional<JsonNode> condition(String type) {
    return list("/status/conditions").stream()
        .filter(each -> each.path("type").asString("").equals(type))
        .findFirst();
  }

  public boolean isTrue(String condition) {
    return condition(condition)
        .filter(each -> each.path("status").asString("").equals("True"))
        .isPresent();
  }

  /// It has been asked to end.
  public boolean isEnding() {
    return has("/metadata/deletionTimestamp");
  }

  /// The time at a JSON pointer.
  public Optional<Instant> time(String pointer) {
    return instant(json.at(pointer));
  }

  static Optional<Instant> instant(JsonNode node) {
    try {
      var text = node.asString("");
      return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /// Whether this object is managed by the one of this UID.
  public boolean isManagedBy(String uid) {
    return list("/metadata/ownerReferences").stream()
        .anyMatch(owner ->
            owner.path("controller").asBoolean(false)
                && owner.path("uid").asString("").equals(uid));
  }
}
