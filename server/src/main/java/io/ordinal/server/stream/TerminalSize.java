package io.ordinal.server.stream;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The message of a resize channel: `{"Width":80,"Height":24}`.
record TerminalSize(int width, int height) {
  static Optional<TerminalSize> parse(byte[] json) {
    try {
      var tree = JsonMapper.shared().readTree(json);
      return Optional.of(
          new TerminalSize(tree.path("Width").asInt(0), tree.path("Height").asInt(0)));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }
}
