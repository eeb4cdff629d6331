package io.ordinal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.schema.ServedResource.Subresource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OpenApiTest {
  private static final Set<String> ALL =
      Set.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
  private static final OpenApi OPEN_API =
      new OpenApi(
          Schemas.load(),
          List.of(
              new ServedResource(
                  new Gvk("apps", "v1", "StatefulSet"),
                  "statefulsets",
                  true,
                  ALL,
                  List.of(
                      new Subresource(
                          "scale",
                          new Gvk("autoscaling", "v1", "Scale"),
                          Set.of("get", "patch", "update")))),
              new ServedResource(new Gvk("", "v1", "Node"), "nodes", false, ALL, List.of())),
          "v1.36.0");

  @Test
  void v2DescribesTypesWithAllThatTheyReferTo() {
    JsonNode definitions = Json.read(OPEN_API.v2Json().bytes()).path("definitions");

    JsonNode set = definitions.path("io.k8s.api.apps.v1.StatefulSet");
    assertThat(set.path("x-kubernetes-group-version-kind").toString())
        .isEqualTo("[{\"group\":\"apps\",\"kind\":\"StatefulSet\",\"version\":\"v1\"}]");
    JsonNode podSpec = definitions.path("io.k8s.api.core.v1.PodSpec");
    assertThat(podSpec.path("required").toString()).isEqualTo("[\"containers\"]");
    JsonNode volumes = podSpec.path("properties").path("volumes");
    assertThat(volumes.path("description").asString("")).startsWith("List of volumes");
    assertThat(volumes.path("x-kubernetes-patch-strategy").asString(""))
        .isEqualTo("merge,retainKeys");
    assertThat(volumes.path("x-kubernetes-patch-merge-key").asString("")).isEqualTo("name");
    assertThat(volumes.path("x-kubernetes-list-map-keys").toString()).isEqualTo("[\"name\"]");
    assertThat(volumes.path("items").path("$ref").asString(""))
        .isEqualTo("#/definitions/io.k8s.api.core.v1.Volume");
    assertEveryReferenceHasItsDefinition(
        Json.read(OPEN_API.v2Json().bytes()), "#/definitions/", definitions);
  }

  @Test
  void patchNamesTheParametersThatClientsProbeFor() {
    JsonNode patch =
        Json.read(OPEN_API.v2Json().bytes())
            .path("paths")
            .path("/apis/apps/v1/namespaces/{namespace}/statefulsets/{name}")
            .path("patch");

    assertThat(patch.path("parameters").findValuesAsString("name"))
        .contains("dryRun", "fieldManager", "fieldValidation", "force");
    assertThat(patch.path("x-kubernetes-group-version-kind").path("kind").asString(""))
        .isEqualTo("StatefulSet");
  }

  @Test
  void v3HasADocumentForEachGroupVersion() {
    JsonNode index = Json.read(OPEN_API.v3Index().bytes()).path("paths");
    assertThat(index.propertyNames()).containsExactly("api/v1", "apis/apps/v1");
    OpenApi.Document apps = OPEN_API.v3("apis/apps/v1").orElseThrow();
    assertThat(index.path("apis/apps/v1").path("serverRelativeURL").asString(""))
        .isEqualTo("/openapi/v3/apis/apps/v1?hash=" + apps.hash());

    JsonNode document = Json.read(apps.bytes());
    JsonNode schemas = document.path("components").path("schemas");
    JsonNode spec = schemas.path("io.k8s.api.apps.v1.StatefulSet").path("properties").path("spec");
    assertThat(spec.path("allOf").path(0).path("$ref").asString(""))
        .isEqualTo("#/components/schemas/io.k8s.api.apps.v1.StatefulSetSpec");
    assertThat(spec.path("description").asString("")).isNotEmpty();
    assertEveryReferenceHasItsDefinition(document, "#/components/schemas/", schemas);
    assertThat(OPEN_API.v3("apis/nothing/v1")).isEmpty();
  }

  @Test
  void v2AsProtobufSaysTheSame() {
    var reader =
        new WireReader(OPEN_API.v2Protobuf().bytes(), 0, OPEN_API.v2Protobuf().bytes().length);
    assertThat(reader.tag()).isEqualTo(1 << 3 | WireReader.BYTES);
    assertThat(reader.string()).isEqualTo("2.0");
    assertThat(reader.tag()).isEqualTo(2 << 3 | WireReader.BYTES);
    reader.skip(WireReader.BYTES);
    assertThat(reader.tag()).isEqualTo(8 << 3 | WireReader.BYTES);
    reader.skip(WireReader.BYTES);
    assertThat(reader.tag()).isEqualTo(9 << 3 | WireReader.BYTES);
    WireReader definitions = reader.message();
    definitions.tag();
    WireReader first = definitions.message();
    first.tag();
    assertThat(first.string()).isEqualTo("io.k8s.api.apps.v1.RollingUpdateStatefulSetStrategy");
    assertThat(reader.hasMore()).isFalse();
  }

  private static void assertEveryReferenceHasItsDefinition(
      JsonNode document, String prefix, JsonNode definitions) {
    assertThat(document.findValuesAsString("$ref"))
        .isNotEmpty()
        .allSatisfy(
            ref -> assertThat(definitions.has(ref.substring(prefix.length()))).as(ref).isTrue());
  }
}
