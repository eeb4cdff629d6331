package io.ordinal.cluster.console;

import static io.ordinal.cluster.console.Browser.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `/why`, which answers with what the user himself may see.
@Timeout(120)
class WhyTest {

  private static final String POD = "/why?cluster=global&namespace=default&kind=Pod&name=echo";

  @TempDir static Path folder;
  private static World world;

  @BeforeAll
  static void start() throws Exception {
    world = new World(folder).withUsers();
    world.makePod("echo");
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void theCauseIsToldInBothLanguages() throws Exception {
    var answer = world.admin().get(POD);
    assertThat(answer.statusCode()).isEqualTo(200);
    var item = json(answer).at("/items/0");
    assertThat(item.path("object").asString()).isEqualTo("pod/echo");
    assertThat(item.path("ready").asBoolean()).isFalse();
    assertThat(item.at("/cause/rule").asString()).isEqualTo("node-missing");
    assertThat(item.at("/cause/field").asString()).isEqualTo("spec.nodeName");
    assertThat(item.at("/cause/text/en").asString()).contains("node-1", "echo");
    assertThat(item.at("/cause/text/zh").asString()).contains("节点 node-1");
    assertThat(item.at("/cause/next/zh").asString()).isNotEmpty();
    assertThat(json(answer).path("unseen").toString()).isEqualTo("[]");
  }

  @Test
  void whoMayNotSeeAnObjectLearnsNothingOfIt() throws Exception {
    var answer = world.bob().get(POD.replace("default", "kube-system"));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).doesNotContain("node-1");
    assertThat(world.browser().get(POD).statusCode()).isEqualTo(401);
  }

  @Test
  void whatTheUserMayNotReadIsNamed() throws Exception {
    allowPods("bob");
    var answer = json(world.bob().get(POD));
    var unseen = answer.path("unseen").valueStream().map(JsonNode::asString);
    assertThat(unseen).contains("nodes", "events");
    assertThat(answer.at("/items/0/cause/rule").asString()).isEqualTo("pod-starts");
  }

  private static void allowPods(String user) {
    world
        .kube
        .resource(
            new RoleBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("pods")
                .endMetadata()
                .addNewRule()
                .withApiGroups("")
                .withResources("pods")
                .withVerbs(List.of("get"))
                .endRule()
                .build())
        .create();
    world
        .kube
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("pods")
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", "pods")
                .addNewSubject("rbac.authorization.k8s.io", "User", user, null)
                .build())
        .create();
  }

  @Test
  void questionsThatMakeNoSenseAreRefused() throws Exception {
    var admin = world.admin();
    assertThat(admin.get(POD.replace("echo", "nobody")).statusCode()).isEqualTo(404);
    assertThat(admin.get(POD.replace("Pod", "Deployment")).statusCode()).isEqualTo(400);
    assertThat(admin.get(POD.replace("name=echo", "name=..")).statusCode()).isEqualTo(400);
    assertThat(admin.get(POD.replace("default", "default%2f..")).statusCode()).isEqualTo(400);
    assertThat(admin.get(POD.replace("&name=echo", "")).statusCode()).isEqualTo(400);
    assertThat(admin.get(POD.replace("global", "nowhere")).statusCode()).isEqualTo(404);
    assertThat(admin.send("POST", POD, "{}").statusCode()).isEqualTo(405);
  }
}
