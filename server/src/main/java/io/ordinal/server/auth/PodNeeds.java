package io.ordinal.server.auth;

import io.ordinal.server.tree.Tree;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The objects without which a node cannot run a pod, the pod among them.
public record PodNeeds(Set<PodNeeds.Thing> things) {
  private static final List<String> CONTAINERS =
      List.of("initContainers", "containers", "ephemeralContainers");

  /// One object, by the plural of its kind in the core group.
  public record Thing(String resource, String namespace, String name) {}

  /// What a pod names.
  public static PodNeeds of(ObjectNode pod) {
    var collected = new Collected(Tree.text(pod, "metadata", "namespace"), new HashSet<>());
    var spec = Tree.find(pod, "spec");
    collected.add("pods", pod, "metadata", "name");
    collected.add("serviceaccounts", spec, "serviceAccountName");
    for (var secret : Tree.elements(spec, "imagePullSecrets")) {
      collected.add("secrets", secret, "name");
    }
    CONTAINERS.stream()
        .flatMap(kind -> Tree.elements(spec, kind).stream())
        .forEach(collected::container);
    var name = Tree.text(pod, "metadata", "name");
    for (var volume : Tree.elements(spec, "volumes")) collected.volume(volume, name);
    return new PodNeeds(Set.copyOf(collected.things));
  }

  /// Whether it names anything: secrets, config maps, claims, an account.
  public boolean goBeyondItself() {
    return things.size() > 1;
  }

  boolean include(Thing thing) {
    return things.contains(thing);
  }

  private record Collected(String namespace, Set<Thing> things) {
    void add(String resource, @Nullable JsonNode holder, String... path) {
      var name = Tree.text(holder, path);
      if (!name.isEmpty()) things.add(new Thing(resource, namespace, name));
    }

    void container(JsonNode container) {
      for (var variable : Tree.elements(container, "env")) {
        add("secrets", variable, "valueFrom", "secretKeyRef", "name");
        add("configmaps", variable, "valueFrom", "configMapKeyRef", "name");
      }
      for (var source : Tree.elements(container, "envFrom")) {
        add("secrets", source, "secretRef", "name");
        add("configmaps", source, "configMapRef", "name");
      }
    }

    void volume(JsonNode volume, String pod) {
      add("secrets", volume, "secret", "secretName");
      add("configmaps", volume, "configMap", "name");
      add("persistentvolumeclaims", volume, "persistentVolumeClaim", "claimName");
      if (Tree.has(volume, "ephemeral")) {
        var claim = pod + "-" + Tree.text(volume, "name");
        things.add(new Thing("persistentvolumeclaims", namespace, claim));
      }
      for (var source : Tree.elements(volume, "projected", "sources")) {
        add("secrets", source, "secret", "name");
        add("configmaps", source, "configMap", "name");
      }
      add("secrets", volume, "azureFile", "secretName");
      Stream.of("cephfs", "flexVolume", "iscsi", "rbd", "scaleIO", "storageos")
          .forEach(plugin -> add("secrets", volume, plugin, "secretRef", "name"));
      add("secrets", volume, "csi", "nodePublishSecretRef", "name");
    }
  }
}
