package io.ordinal.platform.business;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.ordinal.kube.ResourceType;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/// The kinds as they are read and written.
class KindsTest {

  private static final KubernetesSerialization FORMAT =
      new KubernetesSerialization(new ObjectMapper(), false);

  private static final String PROJECT =
      """
      {"apiVersion":"business.tkestack.io/v1","kind":"Project",
       "metadata":{"name":"prj-abcdefgh"},
       "spec":{"displayName":"Shop","members":["ann"],
         "clusters":{"global":{"hard":{"pods":"10"}},"cls-x":{}}},
       "status":{"phase":"Active","locked":false,"clusters":{"global":{"hard":{"pods":"10"},
         "used":{"pods":"4"},"namespaces":{"web":{"hard":{"pods":"4"}}}}}}}
      """;

  @Test
  void aProjectSurvivesBeingReadAndWritten() {
    Project project = FORMAT.unmarshal(PROJECT, Project.class);
    assertThat(requireNonNull(project.getSpec().clusters().get("global")).hard())
        .containsEntry("pods", new Quantity("10"));
    assertThat(requireNonNull(project.getStatus().clusters().get("global")).namespaces())
        .containsKey("web");
    assertThat(tree(project)).isEqualTo(JsonMapper.shared().readTree(PROJECT));
  }

  @Test
  void whatIsNotThereIsEmpty() {
    Project bare =
        FORMAT.unmarshal(
            """
            {"apiVersion":"business.tkestack.io/v1","kind":"Project","metadata":{"name":"p"},
             "spec":{"displayName":"P","later":1}}
            """,
            Project.class);
    assertThat(bare.getStatus()).isEqualTo(ProjectStatus.NONE);
    assertThat(bare.getSpec().clusters()).isEmpty();
  }

  @Test
  void numbersAreQuantities() {
    BusinessNamespace namespace =
        FORMAT.unmarshal(
            """
            {"apiVersion":"business.tkestack.io/v1","kind":"Namespace",
             "metadata":{"name":"global-web","namespace":"prj-a"},
             "spec":{"clusterName":"global","namespace":"web","hard":{"pods":5}}}
            """,
            BusinessNamespace.class);
    assertThat(namespace.getSpec().hard()).containsEntry("pods", new Quantity("5"));
    assertThat(HasMetadata.getKind(BusinessNamespace.class)).isEqualTo("Namespace");
    assertThat(ResourceType.of(BusinessNamespace.class))
        .isEqualTo(new ResourceType("business.tkestack.io", "v1", "namespaces"));
  }

  private static JsonNode tree(Object object) {
    return JsonMapper.shared().readTree(FORMAT.asJson(object));
  }
}
