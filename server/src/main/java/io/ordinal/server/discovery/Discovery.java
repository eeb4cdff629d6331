package io.ordinal.server.discovery;

import io.ordinal.server.registry.Served;
import io.ordinal.server.registry.Served.Sub;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The documents of discovery, old and aggregated (contract C), for a list of served resources.
public final class Discovery {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Map<String, Map<String, List<Served>>> groups = new LinkedHashMap<>();

  /// Describes these resources; groups and versions appear in the order of the list.
  public Discovery(List<Served> resources) {
    groups.put("", new LinkedHashMap<>());
    for (var resource : resources) {
      groups
          .computeIfAbsent(resource.group(), _ -> new LinkedHashMap<>())
          .computeIfAbsent(resource.version(), _ -> new ArrayList<>())
          .add(resource);
    }
  }

  /// `/api`: APIVersions.
  public ObjectNode versions() {
    var tree = JSON.createObjectNode().put("kind", "APIVersions");
    tree.putArray("versions").add("v1");
    tree.putArray("serverAddressByClientCIDRs");
    return tree;
  }

  /// `/apis`: APIGroupList.
  public ObjectNode groupList() {
    var tree = JSON.createObjectNode().put("kind", "APIGroupList").put("apiVersion", "v1");
    var list = tree.putArray("groups");
    groups.keySet().stream()
        .filter(group -> !group.isEmpty())
        .forEach(group -> fillGroup(list.addObject(), group));
    return tree;
  }

  /// `/apis/{group}`: APIGroup.
  public Optional<ObjectNode> group(String group) {
    if (group.isEmpty() || !groups.containsKey(group)) {
      return Optional.empty();
    }
    var tree = JSON.createObjectNode().put("kind", "APIGroup").put("apiVersion", "v1");
    fillGroup(tree, group);
    return Optional.of(tree);
  }

  private void fillGroup(ObjectNode tree, String group) {
    tree.put("name", group);
    var versions = tree.putArray("versions");
    for (var version : versionsOf(group).keySet()) {
      fillVersion(versions.addObject(), group, version);
    }
    var preferred = versionsOf(group).keySet().iterator().next();
    fillVersion(tree.putObject("preferredVersion"), group, preferred);
  }

  private static void fillVersion(ObjectNode tree, String group, String version) {
    tree.put("groupVersion", group + "/" + version).put("version", version);
  }

  /// `/api/v1` or `/apis/{group}/{version}`: APIResourceList.
  public Optional<ObjectNode> resources(String group, String version) {
    var resources = versionsOf(group).get(version);
    if (resources == null) {
      return Optional.empty();
    }
    var tree = JSON.createObjectNode().put("kind", "APIResourceList");
    if (!group.isEmpty()) {
      tree.put("apiVersion", "v1");
    }
    tree.put("groupVersion", group.isEmpty() ? version : group + "/" + version);
    var list = tree.putArray("resources");
    for (var resource : resources) {
      fillResource(list.addObject(), resource);
      resource.subresources().forEach(sub -> fillSubresource(list.addObject(), resource, sub));
    }
    return Optional.of(tree);
  }

  private static void fillResource(ObjectNode tree, Served resource) {
    tree.put("name", resource.resource())
        .put("singularName", resource.singular())
        .put("namespaced", resource.namespaced())
        .put("kind", resource.kind());
    putAll(tree.putArray("verbs"), resource.verbs());
    if (!resource.shortNames().isEmpty()) {
      putAll(tree.putArray("shortNames"), resource.shortNames());
    }
    if (!resource.categories().isEmpty()) {
      putAll(tree.putArray("categories"), resource.categories());
    }
    if (resource.verbs().contains("list")) {
      tree.put("storageVersionHash", hash(resource));
    }
  }

  private static void fillSubresource(ObjectNode tree, Served resource, Sub sub) {
    tree.put("name", resource.resource() + "/" + sub.name())
        .put("singularName", "")
        .put("namespaced", resource.namespaced());
    if (!sub.group().equals(resource.group()) || !sub.version().equals(resource.version())) {
      tree.put("group", sub.group()).put("version", sub.version());
    }
    tree.put("kind", sub.kind());
    putAll(tree.putArray("verbs"), sub.verbs());
  }

  /// Eight bytes that stay the same as long as the stored form does.
  private static String hash(Served resource) {
    var text = resource.group() + "/" + resource.version() + "/" + resource.kind();
    var crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    var first = crc.getValue();
    crc.update(resource.resource().getBytes(StandardCharsets.UTF_8));
    var bytes = new byte[8];
    for (int i = 0; i < 4; i++) {
      bytes[i] = (byte) (first >> (8 * i));
      bytes[4 + i] = (byte) (crc.getValue() >> (8 * i));
    }
    return Base64.getEncoder().encodeToString(bytes);
  }

  /// `/api` or `/apis` as APIGroupDiscoveryList, which holds the core group or all the others.
  ///
  /// @param version of apidiscovery.k8s.io: `v2` or `v2beta1`
  public ObjectNode aggregated(boolean core, String version) {
    var tree = JSON.createObjectNode();
    tree.put("kind", "APIGroupDiscoveryList").put("apiVersion", "apidiscovery.k8s.io/" + version);
    tree.putObject("metadata");
    var items = tree.putArray("items");
    for (var group : groups.keySet()) {
      if (group.isEmpty() == core) {
        fillAggregated(items.addObject(), group);
      }
    }
    return tree;
  }

  private void fillAggregated(ObjectNode tree, String group) {
    var metadata = tree.putObject("metadata");
    if (!group.isEmpty()) {
      metadata.put("name", group);
    }
    metadata.putNull("creationTimestamp");
    var versions = tree.putArray("versions");
    versionsOf(group)
        .forEach((version, resources) -> {
          var entry = versions.addObject().put("version", version);
          var list = entry.putArray("resources");
          resources.forEach(resource -> fillAggregated(list.addObject(), resource));
          entry.put("freshness", "Current");
        });
  }

  private static void fillAggregated(ObjectNode tree, Served resource) {
    tree.put("resource", resource.resource());
    putKind(tree, resource.group(), resource.version(), resource.kind());
    tree.put("scope", resource.namespaced() ? "Namespaced" : "Cluster");
    tree.put("singularResource", resource.singular());
    putAll(tree.putArray("verbs"), resource.verbs());
    if (!resource.shortNames().isEmpty()) {
      putAll(tree.putArray("shortNames"), resource.shortNames());
    }
    if (!resource.categories().isEmpty()) {
      putAll(tree.putArray("categories"), resource.categories());
    }
    if (!resource.subresources().isEmpty()) {
      var subs = tree.putArray("subresources");
      for (var sub : resource.subresources()) {
        var entry = subs.addObject().put("subresource", sub.name());
        putKind(entry, sub.group(), sub.version(), sub.kind());
        putAll(entry.putArray("verbs"), sub.verbs());
      }
    }
  }

  private static void putKind(ObjectNode tree, String group, String version, String kind) {
    tree.putObject("responseKind").put("group", group).put("version", version).put("kind", kind);
  }

  /// Every path of discovery, for `/`.
  public List<String> paths() {
    var paths = new ArrayList<String>();
    groups.forEach((group, versions) -> {
      var root = group.isEmpty() ? "/api" : "/apis/" + group;
      paths.add(root);
      versions.keySet().forEach(version -> paths.add(root + "/" + version));
    });
    return paths;
  }

  private Map<String, List<Served>> versionsOf(String group) {
    return groups.getOrDefault(group, Map.of());
  }

  private static void putAll(ArrayNode array, List<String> values) {
    values.forEach(array::add);
  }
}
