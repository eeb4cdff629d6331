package io.ordinal.controllers.statefulset;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.ordinal.kube.EventRecorder;
import java.util.Locale;

/// The events of a StatefulSet, word for word as Kubernetes words them; `ReplacedStuckPod` is ours.
final class SetEvents {
  private final EventRecorder events;
  private final StatefulSet set;

  SetEvents(EventRecorder events, StatefulSet set) {
    this.events = events;
    this.set = set;
  }

  void pod(String verb, String pod) {
    var message = "%s Pod %s in StatefulSet %s successful".formatted(verb, pod, name());
    events.normal(set, "Successful" + capitalised(verb), message);
  }

  void podNot(String verb, String pod, KubernetesClientException e) {
    var message =
        "%s Pod %s in StatefulSet %s failed error: %s".formatted(verb, pod, name(), problem(e));
    events.warning(set, "Failed" + capitalised(verb), message);
  }

  void claimCreated(String claim, String pod) {
    var message = "create Claim %s Pod %s in StatefulSet %s success".formatted(claim, pod, name());
    events.normal(set, "SuccessfulCreate", message);
  }

  void claimNotCreated(String claim, String pod, KubernetesClientException e) {
    var message =
        "create Claim %s for Pod %s in StatefulSet %s failed error: %s"
            .formatted(claim, pod, name(), problem(e));
    events.warning(set, "FailedCreate", message);
  }

  void foreignOwner(PersistentVolumeClaim claim) {
    var message =
        "PersistentVolumeClaim "
            + claim.getMetadata().getName()
            + " has a managing owner that is not StatefulSet "
            + name()
            + "; its retention policy is ignored for this claim";
    events.warning(set, "ConflictingController", message);
  }

  void replacesStuck(String pod, String problem) {
    var message = "replace Pod %s in StatefulSet %s: %s".formatted(pod, name(), problem);
    events.normal(set, "ReplacedStuckPod", message);
  }

  private String name() {
    return set.getMetadata().getName();
  }

  /// What the server said, without the client's own words around it.
  private static String problem(KubernetesClientException e) {
    var status = e.getStatus();
    var said = status == null ? null : status.getMessage();
    return said == null ? String.valueOf(e.getMessage()) : said;
  }

  private static String capitalised(String verb) {
    return verb.substring(0, 1).toUpperCase(Locale.ROOT) + verb.substring(1);
  }
}
