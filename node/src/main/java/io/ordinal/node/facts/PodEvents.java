package io.ordinal.node.facts;

import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.ordinal.kube.EventRecorder;
import io.ordinal.kube.Events;

/// Events about a pod and its containers.
public final class PodEvents {
  private final Events events;

  /// Tells through these.
  public PodEvents(Events events) {
    this.events = events;
  }

  /// Something went as it should.
  public void normal(Pod pod, String reason, String message) {
    events.normal(pod, reason, message);
  }

  /// Something did not.
  public void warning(Pod pod, String reason, String message) {
    events.warning(pod, reason, message);
  }

  /// About one container.
  public void normal(Pod pod, String container, String reason, String message) {
    events.tell(reference(pod, container), "Normal", reason, message);
  }

  /// About one container.
  public void warning(Pod pod, String container, String reason, String message) {
    events.tell(reference(pod, container), "Warning", reason, message);
  }

  private static ObjectReference reference(Pod pod, String container) {
    var reference = EventRecorder.reference(pod);
    var init =
        pod.getSpec().getInitContainers().stream().anyMatch(c -> c.getName().equals(container));
    reference.setFieldPath(
        "spec." + (init ? "initContainers" : "containers") + "{" + container + "}");
    return reference;
  }
}
