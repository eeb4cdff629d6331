package io.ordinal.platform.why.rules;

import static io.ordinal.platform.why.facts.Cause.POST_START_FAILED;

import io.ordinal.platform.why.facts.Event;
import io.ordinal.platform.why.facts.Finding;
import java.util.stream.Stream;

/// The postStart hook fails, and the container is killed for it.
final class PostStart implements ContainerRule {

  @Override
  public Stream<Finding> judge(ContainerView container) {
    if (container.isRunning() || !container.spec().at("/lifecycle/postStart").isObject()) {
      return Stream.empty();
    }
    return container
        .lately(event -> event.reason().equals("FailedPostStartHook"))
        .map(Event::message)
        .map(said ->
            container.finding(POST_START_FAILED, "lifecycle.postStart").with("message", said))
        .stream();
  }
}
