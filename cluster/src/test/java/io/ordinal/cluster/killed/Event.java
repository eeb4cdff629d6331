package io.ordinal.cluster.killed;

import tools.jackson.databind.JsonNode;

/// One change of one config map, as a writer was told of it or as a watcher saw it.
///
/// @param revision the object's resourceVersion after it
/// @param type `ADDED`, `MODIFIED` or `DELETED`
/// @param mark what the writer put into it
record Event(long revision, String type, String name, String mark) {

  static Event of(String type, JsonNode object) {
    var metadata = object.path("metadata");
    return new Event(
        Long.parseLong(metadata.path("resourceVersion").asString()),
        type,
        metadata.path("name").asString(),
        object.path("data").path("mark").asString(""));
  }
}
