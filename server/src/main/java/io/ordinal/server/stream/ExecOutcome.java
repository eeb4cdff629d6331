package io.ordinal.server.stream;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;

/// How a command ended, as the error channel tells it (contract E1).
sealed interface ExecOutcome {
  /// It ran to its end.
  record Exited(int code) implements ExecOutcome {}

  /// Nobody knows how it ended.
  record Lost(String why) implements ExecOutcome {}

  /// A Status, for protocols from version 4 on.
  default byte[] json() {
    var status = JsonMapper.shared().createObjectNode();
    status.putObject("metadata");
    switch (this) {
      case Exited(int code) when code == 0 -> status.put("status", "Success");
      case Exited(int code) -> {
        status.put("status", "Failure").put("message", text()).put("reason", "NonZeroExitCode");
        status
            .putObject("details")
            .putArray("causes")
            .addObject()
            .put("reason", "ExitCode")
            .put("message", Integer.toString(code));
      }
      case Lost(String why) -> {
        status.put("status", "Failure").put("message", text()).put("reason", "InternalError");
        status.putObject("details").putArray("causes").addObject().put("message", why);
        status.put("code", 500);
      }
    }
    return JsonMapper.shared().writeValueAsBytes(status);
  }

  /// A sentence, for older protocols; empty when all went well.
  default String text() {
    return switch (this) {
      case Exited(int code) when code == 0 -> "";
      case Exited(int code) -> "command terminated with non-zero exit code: exit status " + code;
      case Lost(String why) -> "Internal error occurred: " + why;
    };
  }

  /// The sentence in bytes.
  default byte[] textBytes() {
    return text().getBytes(StandardCharsets.UTF_8);
  }
}
