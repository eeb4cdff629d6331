package io.ordinal.server.custom;

import static io.ordinal.server.custom.Crontabs.DEFINITIONS;
import static io.ordinal.server.custom.Crontabs.PATH;
import static io.ordinal.server.custom.Crontabs.crontab;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.server.ApiRequest;
import io.ordinal.server.ApiResponse;
import io.ordinal.server.Headers;
import io.ordinal.server.Query;
import io.ordinal.server.TestServer;
import io.ordinal.server.User;
import io.ordinal.server.tree.Json;
import io.ordinal.server.tree.Tree;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What the server says of a kind that a user has defined, from the moment on when it is served.
class CustomDiscoveryTest {
  private static final String AGGREGATED =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
  private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";
  private static final String TYPE = "com.example.stable.v1.CronTab";

  private final TestServer server = new TestServer();

  @BeforeEach
  void define() {
    assertThat(whole("GET", "/apis/stable.example.com", Headers.NONE, "").status()).isEqualTo(404);
    call("POST", DEFINITIONS, Headers.NONE, Crontabs.definition().toString());
  }

  @AfterEach
  void close() {
    server.close();
  }

  private JsonNode get(String path, String accept) {
    return call("GET", path, accept.isEmpty() ? Headers.NONE : Headers.of("Accept", accept), "");
  }

  private JsonNode call(String method, String path, Headers headers, String body) {
    var whole = whole(method, path, headers, body);
    var out = new ByteArrayOutputStream();
    whole.body().forEach(out::writeBytes);
    var isJson = whole.headers().first("Content-Type").startsWith("application/json");
    return isJson ? Json.parseAny(out.toByteArray()) : Tree.object();
  }

  private ApiResponse.Whole whole(String method, String path, Headers headers, String body) {
    var bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    var request = new ApiRequest(method, path, Query.NONE, headers, User.admin(), bytes);
    return (ApiResponse.Whole) server.api.handle(request);
  }

  @Test
  void discoveryShowsItOldAndAggregated() {
    var group = get("/apis/stable.example.com", "");
    assertThat(group.at("/preferredVersion/groupVersion").asString(""))
        .isEqualTo("stable.example.com/v1");
    var resources = get("/apis/stable.example.com/v1", "").path("resources");
    assertThat(resources.valueStream().map(r -> r.path("name").asString("")))
        .containsExactly("crontabs", "crontabs/status", "crontabs/scale");
    assertThat(resources.get(0).path("shortNames").toString()).isEqualTo("[\"ct\"]");
    assertThat(resources.get(0).path("categories").toString()).isEqualTo("[\"all\"]");
    assertThat(resources.get(2).path("group").asString("")).isEqualTo("autoscaling");
    var aggregated = get("/apis", AGGREGATED).path("items");
    assertThat(aggregated.valueStream().map(g -> g.at("/metadata/name").asString("")))
        .contains("apiextensions.k8s.io")
        .endsWith("authorization.k8s.io", "stable.example.com");
  }

  @Test
  void openApiDescribesIt() {
    assertThat(get("/openapi/v3", "").path("paths").has("apis/stable.example.com/v1")).isTrue();
    var document = get("/openapi/v3/apis/stable.example.com/v1", "");
    var type = (ObjectNode) document.at("/components/schemas/" + TYPE);
    assertThat(type.at("/x-kubernetes-group-version-kind/0/kind").asString(""))
        .isEqualTo("CronTab");
    assertThat(type.at("/properties/spec/properties/replicas/default").asInt(0)).isEqualTo(1);
    assertThat(type.at("/properties/metadata/allOf/0/$ref").asString("")).endsWith(".ObjectMeta");
    assertThat(document.at("/components/schemas/" + TYPE + "List/required").toString())
        .isEqualTo("[\"items\"]");
    var patches =
        document.at(
            "/paths/~1apis~1stable.example.com~1v1~1namespaces~1{namespace}~1crontabs~1{name}/patch/requestBody/content");
    assertThat(patches.has("application/merge-patch+json")).isTrue();
    assertThat(patches.has("application/strategic-merge-patch+json")).isFalse();
    var old = get("/openapi/v2", "application/json").at("/definitions/" + TYPE);
    assertThat(old.at("/properties/spec/properties/cronSpec/type").asString(""))
        .isEqualTo("string");
    var note = old.at("/properties/spec/properties/note");
    assertThat(note.isMissingNode()).isFalse();
    assertThat(note.has("type")).isFalse();
  }

  @Test
  void tablesHaveItsColumns() {
    call("POST", PATH, Headers.of("Content-Type", "application/json"), crontab("a", ""));
    var table = get(PATH, TABLE);
    assertThat(table.path("columnDefinitions").valueStream().map(c -> c.path("name").asString("")))
        .containsExactly("Name", "Spec", "Replicas", "Port", "Age");
    assertThat(table.at("/rows/0/cells/1").asString("")).isEqualTo("* * * * 5");
  }
}
