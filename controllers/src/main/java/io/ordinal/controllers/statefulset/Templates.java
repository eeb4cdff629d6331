package io.ordinal.controllers.statefulset;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.ordinal.controllers.statefulset.history.TemplateData;
import io.ordinal.kube.Cached;
import io.ordinal.kube.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/// Templates in the two forms that are needed of them: as data to be kept and compared, and typed
/// to make pods from. Both cost a parse, and neither ever changes for a generation of a set or for
/// a revision, so the newest are remembered.
final class Templates {
  private static final int MOST_REMEMBERED = 1000;

  // Building one costs more than all that is parsed with it.
  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

  private final Map<String, TemplateData> data = remembered();
  private final Map<String, PodTemplateSpec> typed = remembered();

  /// What a set asks for now.
  synchronized TemplateData dataOf(Cached<StatefulSet> set) {
    var metadata = set.object().getMetadata();
    var key = metadata.getUid() + "/" + metadata.getGeneration();
    return data.computeIfAbsent(key, _ -> TemplateData.of(json(set)));
  }

  synchronized Revision of(ControllerRevision revision) {
    var metadata = revision.getMetadata();
    var template = typed.computeIfAbsent(metadata.getUid(), _ -> typed(revision));
    return new Revision(metadata.getName(), template);
  }

  private PodTemplateSpec typed(ControllerRevision revision) {
    var json = TemplateData.of(revision).template().toString();
    return SERIALIZATION.unmarshal(json, PodTemplateSpec.class);
  }

  private static Json json(Cached<StatefulSet> set) {
    return set.json().orElseThrow(() -> new IllegalStateException("the informer keeps no JSON"));
  }

  private static <V> Map<String, V> remembered() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > MOST_REMEMBERED;
      }
    };
  }
}
