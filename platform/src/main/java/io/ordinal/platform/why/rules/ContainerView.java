package io.ordinal.platform.why.rules;

import io.ordinal.platform.why.facts.Cause;
import io.ordinal.platform.why.facts.Event;
import io.ordinal.platform.why.facts.Finding;
import io.ordinal.platform.why.facts.Scene;
import io.ordinal.platform.why.facts.Thing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// One container of a pod: what was wanted and what has become of it.
///
/// @param list the field of the pod's spec that it stands in
record ContainerView(Scene scene, Thing pod, String list, JsonNode spec, JsonNode status) {

  private static final String INIT = "initContainers";
  private static final Duration RECENT = Duration.ofMinutes(10);

  /// The containers in the order in which they start.
  static List<ContainerView> of(Scene scene, Thing pod) {
    return Stream.concat(
            of(scene, pod, INIT, "/status/initContainerStatuses"),
            of(scene, pod, "containers", "/status/containerStatuses"))
        .toList();
  }

  private static Stream<ContainerView> of(Scene scene, Thing pod, String list, String statuses) {
    return pod.list("/spec/" + list).stream()
        .map(spec -> new ContainerView(scene, pod, list, spec, status(pod, statuses, name(spec))));
  }

  private static JsonNode status(Thing pod, String statuses, String name) {
    return pod.list(statuses).stream()
        .filter(status -> name(status).equals(name))
        .findFirst()
        .orElse(MissingNode.getInstance());
  }

  private static String name(JsonNode container) {
    return container.path("name").asString("");
  }

  String name() {
    return name(spec);
  }

  String image() {
    return spec.path("image").asString("");
  }

  /// It has to end before others begin.
  boolean isInit() {
    return list.equals(INIT) && !spec.path("restartPolicy").asString("").equals("Always");
  }

  /// Nothing more is expected of it.
  boolean isGood() {
    return isInit()
        ? status.at("/state/terminated/exitCode").asInt(-1) == 0
        : status.path("ready").asBoolean(false);
  }

  boolean isRunning() {
    return status.path("state").has("running");
  }

  String waiting() {
    return status.at("/state/waiting/reason").asString("");
  }

  String waitingMessage() {
    return status.at("/state/waiting/message").asString("");
  }

  int restarts() {
    return status.path("restartCount").asInt(0);
  }

  /// How it ended last, as long as it does not run again.
  Optional<JsonNode> ended() {
    return Stream.of("/state/terminated", "/lastState/terminated")
        .map(status::at)
        .filter(JsonNode::isObject)
        .findFirst();
  }

  Optional<Event> latest(Predicate<Event> which) {
    return scene.latest(
        pod,
        event ->
            (event.container().isEmpty() || event.container().equals(name())) && which.test(event));
  }

  /// What happened long ago has passed: nothing is held back longer than this before it is started
  /// again.
  Optional<Event> lately(Predicate<Event> which) {
    return latest(which).filter(event -> event.last().plus(RECENT).isAfter(scene.now()));
  }

  /// That this container is to blame.
  ///
  /// @param field below the container; "" for the container itself
  Finding finding(Cause cause, String field) {
    var path = "spec.%s[%s]".formatted(list, name());
    return Finding.of(cause, pod, field.isEmpty() ? path : path + "." + field)
        .with("container", name())
        .with("image", image());
  }
}
