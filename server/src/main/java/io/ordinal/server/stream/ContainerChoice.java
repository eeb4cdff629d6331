package io.ordinal.server.stream;

import io.ordinal.server.ApiException;
import io.ordinal.server.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Which container of a pod is meant.
final class ContainerChoice {
  private ContainerChoice() {}

  /// The container that was named, or the only one.
  ///
  /// @throws ApiException 400 when the pod has several and none was named, or has none of that name
  static String of(JsonNode pod, String asked) {
    var spec = pod.path("spec");
    var name = pod.path("metadata").path("name").asString("");
    var containers = names(spec.path("containers"));
    if (asked.isEmpty()) {
      if (containers.size() == 1) {
        return containers.getFirst();
      }
      throw refused(severalContainers(name, containers, spec));
    }
    for (var list : Set.of("containers", "initContainers", "ephemeralContainers")) {
      if (names(spec.path(list)).contains(asked)) {
        return asked;
      }
    }
    throw refused("container " + asked + " is not valid for pod " + name);
  }

  private static String severalContainers(String pod, List<String> containers, JsonNode spec) {
    var text = new StringBuilder("a container name must be specified for pod ").append(pod);
    text.append(", choose one of: [").append(String.join(" ", containers)).append(']');
    var init = names(spec.path("initContainers"));
    if (!init.isEmpty()) {
      text.append(" or one of the init containers: [").append(String.join(" ", init)).append(']');
    }
    var ephemeral = names(spec.path("ephemeralContainers"));
    if (!ephemeral.isEmpty()) {
      text.append(" or one of the ephemeral containers: [");
      text.append(String.join(" ", ephemeral)).append(']');
    }
    return text.toString();
  }

  private static List<String> names(JsonNode containers) {
    var names = new ArrayList<String>();
    for (var container : containers) {
      names.add(container.path("name").asString(""));
    }
    return names;
  }

  private static ApiException refused(String why) {
    return new ApiException(Status.badRequest(why));
  }
}
