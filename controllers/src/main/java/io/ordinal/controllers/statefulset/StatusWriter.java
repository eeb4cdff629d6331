package io.ordinal.controllers.statefulset;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.ordinal.controllers.write.ObjectApi;
import io.ordinal.kube.ObjectKey;
import java.net.HttpURLConnection;

/// Writes a set's status when there is something new to say.
final class StatusWriter {
  private static final int MOST_CONFLICTS = 5;

  private final ObjectApi api;

  StatusWriter(ObjectApi api) {
    this.api = api;
  }

  /// Somebody who changed the set meanwhile does not matter: the status is put on what is there
  /// now.
  void write(SetSpec spec, SetStatus status) {
    var complete = status.completed(spec);
    if (!complete.differsFrom(spec.set().getStatus())) return;
    var latest = spec.set();
    for (int conflicts = 0; ; conflicts++) {
      try {
        api.replaceStatus(with(latest, complete));
        return;
      } catch (KubernetesClientException e) {
        boolean conflict = e.getCode() == HttpURLConnection.HTTP_CONFLICT;
        if (!conflict || conflicts == MOST_CONFLICTS) throw e;
        latest = sameSet(spec.set(), e);
      }
    }
  }

  private StatefulSet sameSet(StatefulSet set, KubernetesClientException e) {
    return api.find(StatefulSet.class, ObjectKey.of(set))
        .filter(live -> live.getMetadata().getUid().equals(set.getMetadata().getUid()))
        .orElseThrow(() -> e);
  }

  private static StatefulSet with(StatefulSet set, SetStatus status) {
    return new StatefulSetBuilder(set).withStatus(status.toModel()).build();
  }
}
