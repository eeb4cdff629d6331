package io.ordinal.platform.why.rules;

import static io.ordinal.platform.why.facts.Cause.*;

import io.ordinal.platform.why.facts.Finding;
import java.util.stream.Stream;

/// The container cannot be described: something that it refers to is missing, or it may not run as
/// the image wants.
final class ContainerConfig implements ContainerRule {

  @Override
  public Stream<Finding> judge(ContainerView container) {
    if (!container.waiting().equals("CreateContainerConfigError")) return Stream.empty();
    var said = container.waitingMessage();
    return Stream.of(
        References.missing(
                container.pod(), container.finding(CONTAINER_CONFIG, "env").field(), said)
            .orElseGet(() -> other(container, said))
            .with("container", container.name()));
  }

  private static Finding other(ContainerView container, String said) {
    if (Words.says(said, "runasnonroot", "non-root policy")) {
      return container.finding(RUNS_AS_ROOT, "securityContext.runAsNonRoot").with("message", said);
    }
    if (Words.says(said, "subpath")) {
      return container.finding(SUBPATH_FAILED, "volumeMounts").with("message", said);
    }
    return container.finding(CONTAINER_CONFIG, "").with("message", said);
  }
}
