package io.ordinal.platform.why.rules;

import static io.ordinal.platform.why.facts.Cause.*;

import io.ordinal.platform.why.facts.Cause;
import io.ordinal.platform.why.facts.Finding;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// The container was described, but the runtime could not start its program.
final class ContainerStart implements ContainerRule {

  private static final Set<String> WAITING = Set.of("CreateContainerError", "RunContainerError");
  private static final Set<String> ENDED = Set.of("StartError", "ContainerCannotRun");

  @Override
  public Stream<Finding> judge(ContainerView container) {
    if (WAITING.contains(container.waiting())) {
      return Stream.of(finding(container, container.waitingMessage()));
    }
    return container
        .ended()
        .filter(ended -> !container.isRunning())
        .filter(ContainerStart::neverRan)
        .map(ended -> finding(container, ended.path("message").asString("")))
        .stream();
  }

  static boolean neverRan(JsonNode ended) {
    return ENDED.contains(ended.path("reason").asString(""));
  }

  private static Finding finding(ContainerView container, String said) {
    var cause = cause(said);
    var field =
        switch (cause) {
          case COMMAND_NOT_FOUND, COMMAND_NOT_EXECUTABLE, NO_COMMAND -> "command";
          case WORKING_DIRECTORY -> "workingDir";
          case MOUNT_NOT_DIRECTORY -> "volumeMounts";
          case WRONG_ARCHITECTURE -> "image";
          default -> "";
        };
    return container
        .finding(cause, field)
        .with("message", said)
        .with("command", command(container));
  }

  private static String command(ContainerView container) {
    var command = first(container.spec().path("command"));
    return command.isEmpty() ? container.image() : command;
  }

  private static String first(JsonNode list) {
    return list.path(0).asString("");
  }

  private static Cause cause(String said) {
    if (Words.says(said, "chdir to cwd", "chdir to")) return WORKING_DIRECTORY;
    if (Words.says(said, "exec format error")) return WRONG_ARCHITECTURE;
    if (Words.says(said, "not a directory")) return MOUNT_NOT_DIRECTORY;
    if (Words.says(said, "no command specified")) return NO_COMMAND;
    if (Words.says(said, "executable file not found", "no such file or directory")) {
      return COMMAND_NOT_FOUND;
    }
    if (Words.says(said, "permission denied")) return COMMAND_NOT_EXECUTABLE;
    return CONTAINER_START_FAILED;
  }
}
