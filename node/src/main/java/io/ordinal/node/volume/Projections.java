package io.ordinal.node.volume;

import io.fabric8.kubernetes.api.model.ConfigMapProjection;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.DownwardAPIProjection;
import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFile;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretProjection;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.ordinal.node.facts.ApiObjects;
import io.ordinal.node.facts.PodFields;
import io.ordinal.node.facts.PodTrouble;
import io.ordinal.node.volume.AtomicWriter.Entry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The files of configMap, secret, downwardAPI and projected volumes (contract M7).
final class Projections {
  private static final int USUAL_MODE = 0644;
  private static final int TOKEN_MODE = 0600;

  private final ApiObjects objects;
  private final Tokens tokens;

  Projections(ApiObjects objects, Tokens tokens) {
    this.objects = objects;
    this.tokens = tokens;
  }

  /// Whether a volume is made of such files.
  static boolean isOne(Volume volume) {
    return volume.getConfigMap() != null
        || volume.getSecret() != null
        || volume.getDownwardAPI() != null
        || volume.getProjected() != null;
  }

  /// Whether its files must not touch a disk.
  static boolean isSecret(Volume volume) {
    return volume.getSecret() != null
        || (volume.getProjected() != null
            && volume.getProjected().getSources().stream()
                .anyMatch(s -> s.getSecret() != null || s.getServiceAccountToken() != null));
  }

  /// All files of a volume.
  ///
  /// @throws PodTrouble when a source is missing that is not optional
  Map<String, Entry> files(Volume volume, PodFields fields) {
    var files = new LinkedHashMap<String, Entry>();
    for (var source : sources(volume)) {
      add(source, mode(volume), fields, files);
    }
    var group = fsGroup(fields.pod());
    if (group >= 0) {
      files.replaceAll((name, e) -> e.readableBy(group));
    }
    return files;
  }

  private static List<VolumeProjection> sources(Volume volume) {
    var one = new VolumeProjection();
    if (volume.getProjected() != null) {
      return volume.getProjected().getSources();
    } else if (volume.getConfigMap() != null) {
      var from = volume.getConfigMap();
      one.setConfigMap(
          new ConfigMapProjection(from.getItems(), from.getName(), from.getOptional()));
    } else if (volume.getSecret() != null) {
      var from = volume.getSecret();
      one.setSecret(
          new SecretProjection(from.getItems(), from.getSecretName(), from.getOptional()));
    } else {
      one.setDownwardAPI(new DownwardAPIProjection(volume.getDownwardAPI().getItems()));
    }
    return List.of(one);
  }

  private static int mode(Volume volume) {
    Integer mode = null;
    if (volume.getProjected() != null) mode = volume.getProjected().getDefaultMode();
    if (volume.getConfigMap() != null) mode = volume.getConfigMap().getDefaultMode();
    if (volume.getSecret() != null) mode = volume.getSecret().getDefaultMode();
    if (volume.getDownwardAPI() != null) mode = volume.getDownwardAPI().getDefaultMode();
    return mode == null ? USUAL_MODE : mode;
  }

  private void add(VolumeProjection source, int mode, PodFields fields, Map<String, Entry> files) {
    var namespace = fields.pod().getMetadata().getNamespace();
    if (source.getConfigMap() != null) {
      var from = source.getConfigMap();
      var data = configMap(namespace, from);
      files.putAll(
          chosen(data, from.getItems(), mode, "configmap " + from.getName(), from.getOptional()));
    }
    if (source.getSecret() != null) {
      var from = source.getSecret();
      var data = secret(namespace, from);
      files.putAll(
          chosen(data, from.getItems(), mode, "secret " + from.getName(), from.getOptional()));
    }
    if (source.getDownwardAPI() != null) {
      source
          .getDownwardAPI()
          .getItems()
          .forEach(item -> files.put(item.getPath(), field(item, mode, fields)));
    }
    if (source.getServiceAccountToken() != null) {
      var token = source.getServiceAccountToken();
      files.put(token.getPath(), token(tokens.token(fields.pod(), token), mode, fields.pod()));
    }
  }

  private Map<String, byte[]> configMap(String namespace, ConfigMapProjection from) {
    var found = objects.configMap(namespace, from.getName());
    var data = new LinkedHashMap<String, byte[]>();
    if (found.isEmpty()) {
      missing("configmap \"" + from.getName() + "\" not found", from.getOptional());
      return data;
    }
    if (found.get().getData() != null) {
      found.get().getData().forEach((k, v) -> data.put(k, v.getBytes(StandardCharsets.UTF_8)));
    }
    if (found.get().getBinaryData() != null) {
      found.get().getBinaryData().forEach((k, v) -> data.put(k, Base64.getDecoder().decode(v)));
    }
    return data;
  }

  private Map<String, byte[]> secret(String namespace, SecretProjection from) {
    var found = objects.secret(namespace, from.getName());
    var data = new LinkedHashMap<String, byte[]>();
    if (found.isEmpty()) {
      missing("secret \"" + from.getName() + "\" not found", from.getOptional());
      return data;
    }
    if (found.get().getData() != null) {
      found.get().getData().forEach((k, v) -> data.put(k, Base64.getDecoder().decode(v)));
    }
    return data;
  }

  private static void missing(String message, @Nullable Boolean optional) {
    if (!Boolean.TRUE.equals(optional)) throw new PodTrouble("FailedMount", message);
  }

  /// All keys under their own names, or the chosen ones under the names they are given.
  private static Map<String, Entry> chosen(
      Map<String, byte[]> data,
      List<KeyToPath> items,
      int mode,
      String where,
      @Nullable Boolean optional) {
    var files = new LinkedHashMap<String, Entry>();
    if (items.isEmpty()) {
      data.forEach((key, bytes) -> files.put(key, new Entry(bytes, mode, -1, -1)));
    }
    for (var item : items) {
      var bytes = data.get(item.getKey());
      if (bytes == null) {
        missing(where + " references non-existent key: " + item.getKey(), optional);
      } else {
        files.put(
            item.getPath(),
            new Entry(bytes, item.getMode() == null ? mode : item.getMode(), -1, -1));
      }
    }
    return files;
  }

  private static Entry field(DownwardAPIVolumeFile item, int mode, PodFields fields) {
    var value =
        item.getFieldRef() != null
            ? fields.value(item.getFieldRef())
            : fields.value(
                item.getResourceFieldRef(), fields.pod().getSpec().getContainers().getFirst());
    return new Entry(
        value.getBytes(StandardCharsets.UTF_8),
        item.getMode() == null ? mode : item.getMode(),
        -1,
        -1);
  }

  /// A token is readable by the one user that all containers run as, if there is one.
  private static Entry token(String token, int mode, Pod pod) {
    var users = users(pod);
    boolean one = users.size() == 1 && users.getFirst() >= 0;
    int narrowed = one || fsGroup(pod) >= 0 ? TOKEN_MODE : mode;
    return new Entry(
        token.getBytes(StandardCharsets.UTF_8), narrowed, one ? users.getFirst() : -1, -1);
  }

  private static List<Long> users(Pod pod) {
    var context = pod.getSpec().getSecurityContext();
    var ofPod = context == null ? null : context.getRunAsUser();
    var all = new ArrayList<Container>(pod.getSpec().getInitContainers());
    all.addAll(pod.getSpec().getContainers());
    return all.stream()
        .map(c -> c.getSecurityContext() == null ? null : c.getSecurityContext().getRunAsUser())
        .map(own -> own != null ? own : ofPod != null ? ofPod : Long.valueOf(-1))
        .distinct()
        .toList();
  }

  static long fsGroup(Pod pod) {
    var context = pod.getSpec().getSecurityContext();
    return context == null || context.getFsGroup() == null ? -1 : context.getFsGroup();
  }
}
