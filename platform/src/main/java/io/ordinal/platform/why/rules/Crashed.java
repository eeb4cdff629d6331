package io.ordinal.platform.why.rules;

import static io.ordinal.platform.why.facts.Cause.*;

import io.ordinal.platform.why.facts.Cause;
import io.ordinal.platform.why.facts.Finding;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// The program ends, and what it says at its end.
final class Crashed implements ContainerRule {

  private static final int KILLED = 137;
  private static final int TERMINATED = 143;
  private static final int SIGNALS = 128;
  private static final int NOT_FOUND = 127;
  private static final int NOT_EXECUTABLE = 126;

  @Override
  public Stream<Finding> judge(ContainerView container) {
    var ended = container.ended();
    if (ended.isEmpty() || container.isRunning() || ContainerStart.neverRan(ended.get())) {
      return Stream.empty();
    }
    return Stream.of(finding(container, ended.get()));
  }

  private static Finding finding(ContainerView container, JsonNode ended) {
    if (ended.path("reason").asString("").equals("OOMKilled")) return outOfMemory(container);
    var code = ended.path("exitCode").asInt(0);
    var said = lastWords(container, ended);
    var cause = cause(container, code, said);
    return container
        .finding(cause, field(cause))
        .with("code", code)
        .with("signal", code - SIGNALS)
        .with("message", said);
  }

  /// The last line of its termination message, or else of its log.
  private static String lastWords(ContainerView container, JsonNode ended) {
    var lines = ended.path("message").asString("").lines().filter(l -> !l.isBlank()).toList();
    return lines.isEmpty()
        ? container.scene().lastLine(container.pod(), container.name())
        : lines.getLast().strip();
  }

  static Finding outOfMemory(ContainerView container) {
    var limit = container.spec().at("/resources/limits/memory").asString("");
    return container
        .finding(limit.isEmpty() ? OUT_OF_NODE_MEMORY : OUT_OF_MEMORY, "resources.limits.memory")
        .with("limit", limit);
  }

  private static Cause cause(ContainerView container, int code, String said) {
    var readOnly = container.spec().at("/securityContext/readOnlyRootFilesystem").asBoolean(false);
    if (readOnly && Words.says(said, "read-only file system")) return READ_ONLY_ROOT;
    if (Words.says(said, "address already in use")) return PORT_IN_USE;
    if (Words.says(said, "permission denied")) return PERMISSION_DENIED;
    if (Words.says(said, "no space left on device")) return DISK_FULL;
    return switch (code) {
      case 0 -> ENDS_AT_ONCE;
      case NOT_FOUND -> EXIT_NOT_FOUND;
      case NOT_EXECUTABLE -> EXIT_NOT_EXECUTABLE;
      case KILLED, TERMINATED -> KILLED_BY_SIGNAL;
      default -> {
        if (code > SIGNALS) yield CRASHED_BY_SIGNAL;
        yield said.isEmpty() ? CRASH_LOOP : CRASH_LOOP_SAID;
      }
    };
  }

  private static String field(Cause cause) {
    return switch (cause) {
      case READ_ONLY_ROOT -> "securityContext.readOnlyRootFilesystem";
      case PERMISSION_DENIED -> "securityContext.runAsUser";
      case PORT_IN_USE -> "ports";
      default -> "command";
    };
  }
}
