package io.ordinal.node.host;

import io.ordinal.node.facts.PodFolders;
import io.ordinal.node.logs.LogFiles;
import io.ordinal.node.pod.Annotations;
import io.ordinal.node.runtime.ContainerStatus;
import io.ordinal.node.runtime.PodIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;

/// The termination message of a container (contract M10): its file, or the end of its log if it
/// wants that and failed.
final class LastWords {
  private static final int LONGEST = 4096;
  private static final int LONGEST_OF_LOG = 2048;
  private static final int MOST_LINES = 80;

  private final PodFolders folders;

  LastWords(PodFolders folders) {
    this.folders = folders;
  }

  String of(PodIdentity pod, ContainerStatus container) {
    var said = said(pod, container);
    var policy = container.annotations().get(Annotations.TERMINATION_MESSAGE_POLICY);
    return said.isEmpty() && container.exitCode() != 0 && "FallbackToLogsOnError".equals(policy)
        ? endOfLog(pod, container)
        : said;
  }

  private String said(PodIdentity pod, ContainerStatus container) {
    var file = folders.terminationLog(pod.uid(), container.name(), container.attempt());
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  private String endOfLog(PodIdentity pod, ContainerStatus container) {
    try {
      var file = LogFiles.file(folders.logs(pod), container.name(), container.attempt());
      List<String> lines = LogFiles.lastLines(file, MOST_LINES);
      var text = String.join("", lines);
      return text.length() <= LONGEST_OF_LOG
          ? text
          : text.substring(text.length() - LONGEST_OF_LOG);
    } catch (IOException e) {
      return "";
    }
  }
}
