package io.ordinal.server.kinds;

import static io.ordinal.server.tree.Tree.otherwise;

import io.ordinal.server.tree.Tree;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What is filled into a pod's spec, in a pod and in every template (contract K). What only a pod
/// gets is in [PodStrategy].
final class PodSpecDefaults {
  private static final int MODE = 0644;
  private static final List<String> CONTAINER_LISTS =
      List.of("initContainers", "containers", "ephemeralContainers");

  private PodSpecDefaults() {}

  static void fill(ObjectNode spec) {
    Tree.objects(spec, "volumes").forEach(PodSpecDefaults::volume);
    allContainers(spec).forEach(PodSpecDefaults::container);
    otherwise(spec, "restartPolicy", "Always");
    otherwise(spec, "terminationGracePeriodSeconds", 30);
    otherwise(spec, "dnsPolicy", "ClusterFirst");
    mirrorServiceAccount(spec);
    Tree.make(spec, "securityContext");
    otherwise(spec, "schedulerName", "default-scheduler");
  }

  /// Every container of a pod, in the order in which they start.
  static List<ObjectNode> allContainers(ObjectNode spec) {
    return CONTAINER_LISTS.stream().flatMap(list -> Tree.objects(spec, list).stream()).toList();
  }

  /// `serviceAccount` is the old name of `serviceAccountName`; both are shown.
  static void mirrorServiceAccount(ObjectNode spec) {
    var name = Tree.text(spec, "serviceAccountName");
    if (name.isEmpty()) name = Tree.text(spec, "serviceAccount");
    if (name.isEmpty()) return;
    spec.put("serviceAccountName", name).put("serviceAccount", name);
  }

  private static void container(ObjectNode container) {
    for (var port : Tree.objects(container, "ports")) otherwise(port, "protocol", "TCP");
    for (var variable : Tree.objects(container, "env")) fieldRef(Tree.find(variable, "valueFrom"));
    for (var probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
      if (container.get(probe) instanceof ObjectNode found) probe(found);
    }
    for (var hook : List.of("postStart", "preStop")) {
      var found = Tree.find(container, "lifecycle", hook);
      if (found != null) httpGet(found);
    }
    otherwise(container, "terminationMessagePath", "/dev/termination-log");
    otherwise(container, "terminationMessagePolicy", "File");
    otherwise(container, "imagePullPolicy", pullPolicy(Tree.text(container, "image")));
  }

  /// An image without a tag means its latest, and the latest may have changed.
  static String pullPolicy(String image) {
    if (image.contains("@")) return "IfNotPresent";
    var name = image.substring(image.lastIndexOf('/') + 1);
    var colon = name.indexOf(':');
    return colon < 0 || name.substring(colon + 1).equals("latest") ? "Always" : "IfNotPresent";
  }

  private static void probe(ObjectNode probe) {
    httpGet(probe);
    if (probe.get("grpc") instanceof ObjectNode grpc && !grpc.has("service"))
      grpc.put("service", "");
    atLeastOne(probe, "timeoutSeconds", 1);
    atLeastOne(probe, "periodSeconds", 10);
    atLeastOne(probe, "successThreshold", 1);
    atLeastOne(probe, "failureThreshold", 3);
  }

  /// Zero counts as not given.
  private static void atLeastOne(ObjectNode node, String field, int value) {
    if (Tree.number(0, node, field) == 0) node.put(field, value);
  }

  private static void httpGet(ObjectNode action) {
    if (!(action.get("httpGet") instanceof ObjectNode get)) return;
    otherwise(get, "path", "/");
    otherwise(get, "scheme", "HTTP");
  }

  private static void volume(ObjectNode volume) {
    if (volume.size() == 1 && volume.has("name")) volume.putObject("emptyDir");
    for (var source : List.of("secret", "configMap", "downwardAPI", "projected")) {
      if (volume.get(source) instanceof ObjectNode found) otherwise(found, "defaultMode", MODE);
    }
    if (volume.get("hostPath") instanceof ObjectNode path && !path.has("type"))
      path.put("type", "");
    items(Tree.find(volume, "downwardAPI"));
    for (var source : Tree.objects(volume, "projected", "sources")) {
      items(Tree.find(source, "downwardAPI"));
      if (source.get("serviceAccountToken") instanceof ObjectNode token) {
        otherwise(token, "expirationSeconds", 3600);
      }
    }
    var claim = Tree.find(volume, "ephemeral", "volumeClaimTemplate", "spec");
    if (claim != null) otherwise(claim, "volumeMode", "Filesystem");
  }

  private static void items(@Nullable ObjectNode downward) {
    if (downward == null || !(downward.get("items") instanceof ArrayNode items)) return;
    for (var item : items) if (item instanceof ObjectNode object) fieldRef(object);
  }

  private static void fieldRef(@Nullable ObjectNode holder) {
    if (holder != null && holder.get("fieldRef") instanceof ObjectNode ref) {
      otherwise(ref, "apiVersion", "v1");
    }
  }
}
