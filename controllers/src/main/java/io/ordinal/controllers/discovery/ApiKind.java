package io.ordinal.controllers.discovery;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.ordinal.kube.ResourceType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A kind that a server serves, at one version, with what may be done to its objects.
public record ApiKind(ResourceType type, String kind, boolean namespaced, Set<String> verbs) {
  /// Whose objects say that there is another kind.
  public static final ResourceType DEFINITIONS =
      new ResourceType("apiextensions.k8s.io", "v1", "customresourcedefinitions");

  public String apiVersion() {
    return type.group().isEmpty() ? type.version() : type.group() + "/" + type.version();
  }

  public boolean can(String... wanted) {
    return verbs.containsAll(List.of(wanted));
  }

  /// Every kind once, at the version that its group prefers; subresources are no kinds.
  public static List<ApiKind> discover(KubernetesClient client) {
    List<ApiKind> all = new ArrayList<>();
    Set<String> known = new HashSet<>();
    for (String groupVersion : groupVersions(client)) {
      var resources = client.getApiResources(groupVersion);
      if (resources == null) {
        continue;
      }
      int slash = groupVersion.indexOf('/');
      String group = slash < 0 ? "" : groupVersion.substring(0, slash);
      for (var resource : resources.getResources()) {
        if (resource.getName().contains("/") || !known.add(group + "/" + resource.getName())) {
          continue;
        }
        all.add(
            new ApiKind(
                new ResourceType(group, groupVersion.substring(slash + 1), resource.getName()),
                resource.getKind(),
                Boolean.TRUE.equals(resource.getNamespaced()),
                Set.copyOf(resource.getVerbs())));
      }
    }
    return all;
  }

  private static Set<String> groupVersions(KubernetesClient client) {
    Set<String> all = new LinkedHashSet<>();
    all.add("v1");
    var groups = client.getApiGroups();
    if (groups != null) {
      groups.getGroups().forEach(g -> all.add(g.getPreferredVersion().getGroupVersion()));
      groups.getGroups().forEach(g -> g.getVersions().forEach(v -> all.add(v.getGroupVersion())));
    }
    return all;
  }
}
