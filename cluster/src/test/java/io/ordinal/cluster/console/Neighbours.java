package io.ordinal.cluster.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.ordinal.kube.ShortAnswer;
import io.ordinal.platform.business.BusinessNamespace;
import io.ordinal.platform.business.Definitions;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Two businesses that have nothing to do with each other, `prj-a` and `prj-b`, each with a
/// namespace of the hub, `a-web` and `b-web`, in which a pod `web` runs.
final class Neighbours {

  static final String BUSINESSES = "/apis/business.tkestack.io/v1";
  static final String BINDINGS = "/apis/auth.tkestack.io/v1/namespaces/%s/projectpolicybindings";

  private static final String GROUP = "business.tkestack.io/v1";
  private static final String HUB = "global";

  private final World world;

  Neighbours(World world) throws Exception {
    this.world = world;
    assertThat(new Definitions(world.kube).ensure()).isEmpty();
    world.platform.keepBusinesses();
    for (var letter : List.of("a", "b")) business(letter);
  }

  private void business(String letter) throws Exception {
    var project = "prj-" + letter;
    var real = letter + "-web";
    post(
        BUSINESSES + "/projects",
        Map.of(
            "apiVersion",
            GROUP,
            "kind",
            "Project",
            "metadata",
            Map.of("name", project),
            "spec",
            Map.of("displayName", "Business " + letter, "clusters", Map.of(HUB, Map.of()))));
    world.await(() -> world.kube.namespaces().withName(project).get() != null);
    grant(project, HUB, real);
    world.await(() -> word(project, HUB, real).equals("Available"));
    world.makePod(real, "web");
  }

  /// A namespace that a business gets, as far as the cluster lets it: the business may use the
  /// cluster from now on.
  void grant(String project, String cluster, String real) throws Exception {
    var path = BUSINESSES + "/projects/" + project;
    var more = Map.of("spec", Map.of("clusters", Map.of(cluster, Map.of())));
    ShortAnswer.merge(world.kube, path.substring(1), json(more));
    wish(project, cluster, real);
    world.await(() -> !Set.of("", "Pending").contains(word(project, cluster, real)));
  }

  /// What an owner writes.
  void wish(String project, String cluster, String real) {
    post(
        BUSINESSES + "/namespaces/" + project + "/namespaces",
        Map.of(
            "apiVersion",
            GROUP,
            "kind",
            "Namespace",
            "metadata",
            Map.of("name", cluster + "-" + real),
            "spec",
            Map.of("clusterName", cluster, "namespace", real)));
  }

  /// The phase of a namespace.
  private String word(String project, String cluster, String real) {
    return world
        .kube
        .resources(BusinessNamespace.class)
        .inNamespace(project)
        .withName(cluster + "-" + real)
        .get()
        .getStatus()
        .phase();
  }

  void namespace(String name, Map<String, String> labels) {
    var namespace =
        new NamespaceBuilder().withNewMetadata().withName(name).withLabels(labels).endMetadata();
    world.kube.resource(namespace.build()).create();
  }

  /// Makes users, or a group, something in a business.
  void bind(String project, String name, String policy, List<String> users, List<String> groups) {
    post(
        BINDINGS.formatted(project),
        Map.of(
            "apiVersion",
            "auth.tkestack.io/v1",
            "kind",
            "ProjectPolicyBinding",
            "metadata",
            Map.of("name", name),
            "spec",
            Map.of("projectID", project, "policyID", policy, "users", users, "groups", groups)));
  }

  void post(String path, Map<String, ?> object) {
    world.kube.raw(path, "POST", json(object));
  }

  /// What a binding says of itself.
  String status(String project, String name, String field) {
    var raw = world.kube.raw(BINDINGS.formatted(project) + "/" + name);
    return tools.jackson.databind.json.JsonMapper.shared()
        .readTree(raw)
        .at("/status/" + field)
        .asString("");
  }

  private String json(Object object) {
    return world.kube.getKubernetesSerialization().asJson(object);
  }
}
