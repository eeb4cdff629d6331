package io.ordinal.server.registry;

import static io.ordinal.server.registry.Api.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.server.tree.Tree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Metadata, creation and change (contract B2, B3).
class RegistryTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private final Api api = new Api();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void aNewObjectGetsItsIdentityFromTheServer() {
    var map =
        api.post(
            MAPS,
            "{'metadata':{'name':'a','uid':'mine','creationTimestamp':'2001-01-01T00:00:00Z'},'data':{'k':'v'}}");
    assertThat(at(map, "apiVersion")).isEqualTo("v1");
    assertThat(at(map, "kind")).isEqualTo("ConfigMap");
    assertThat(at(map, "metadata.uid"))
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    assertThat(at(map, "metadata.creationTimestamp")).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(at(map, "metadata.resourceVersion")).isEqualTo(Long.toString(api.store.revision()));
    assertThat(at(map, "metadata.namespace")).isEqualTo("default");
    assertThat(api.get(MAPS + "/a")).isEqualTo(map);
  }

  @Test
  void aNameIsMadeFromItsPrefix() {
    var map = api.post(MAPS, "{'metadata':{'generateName':'web-'}}");
    assertThat(at(map, "metadata.name")).matches("web-[bcdfghjklmnpqrstvwxz2456789]{5}");
    assertThat(at(map, "metadata.generateName")).isEqualTo("web-");
  }

  @Test
  void anObjectIsCreatedOnce() {
    api.post(MAPS, "{'metadata':{'name':'a'}}");
    var status = Api.refusal(() -> api.post(MAPS, "{'metadata':{'name':'a'}}"));
    assertThat(status.code()).isEqualTo(409);
    assertThat(status.message()).isEqualTo("configmaps \"a\" already exists");
  }

  @Test
  void theUrlSaysWhichNamespace() {
    var status = Api.refusal(() -> api.post(MAPS, "{'metadata':{'name':'a','namespace':'other'}}"));
    assertThat(status.code()).isEqualTo(400);
    assertThat(status.message())
        .isEqualTo(
            "the namespace of the provided object does not match the namespace sent on the request");
  }

  @Test
  void badNamesAreRefusedByField() {
    var status = Api.refusal(() -> api.post(MAPS, "{'metadata':{'name':'A_b'}}"));
    assertThat(status.code()).isEqualTo(422);
    assertThat(status.message())
        .startsWith(
            "ConfigMap \"A_b\" is invalid: metadata.name: Invalid value: \"A_b\": a lowercase RFC 1123 subdomain");
    assertThat(status.details().causes().getFirst().field()).isEqualTo("metadata.name");
    var nameless = Api.refusal(() -> api.post(MAPS, "{}"));
    assertThat(nameless.message())
        .contains("metadata.name: Required value: name or generateName is required");
  }

  @Test
  void aStaleResourceVersionIsAConflict() {
    var map = api.post(MAPS, "{'metadata':{'name':'a'}}");
    api.merge(MAPS + "/a", "{'data':{'x':'1'}}");
    var status = Api.refusal(() -> api.put(MAPS + "/a", map));
    assertThat(status.code()).isEqualTo(409);
    assertThat(status.message())
        .isEqualTo(
            "Operation cannot be fulfilled on configmaps \"a\": the object has been modified; please apply your changes to the latest version and try again");
  }

  @Test
  void aWriteThatChangesNothingIsNotWritten() {
    var map = api.post(MAPS, "{'metadata':{'name':'a'},'data':{'k':'v'}}");
    var revision = api.store.revision();
    assertThat(api.put(MAPS + "/a", "{'metadata':{'name':'a'},'data':{'k':'v'}}")).isEqualTo(map);
    assertThat(api.merge(MAPS + "/a", "{}")).isEqualTo(map);
    assertThat(api.store.revision()).isEqualTo(revision);
  }

  @Test
  void whatTheServerOwnsStaysAsItIs() {
    var map = api.post(MAPS, "{'metadata':{'name':'a'}}");
    var changed =
        api.merge(
            MAPS + "/a",
            "{'metadata':{'creationTimestamp':null,'deletionTimestamp':'2030-01-01T00:00:00Z','generation':7},'data':{'k':'v'}}");
    assertThat(at(changed, "metadata.creationTimestamp"))
        .isEqualTo(at(map, "metadata.creationTimestamp"));
    assertThat(Tree.has(changed, "metadata", "deletionTimestamp")).isFalse();
    assertThat(at(changed, "metadata.uid")).isEqualTo(at(map, "metadata.uid"));
  }

  @Test
  void anotherUidIsAConflict() {
    api.post(MAPS, "{'metadata':{'name':'a'}}");
    var status = Api.refusal(() -> api.put(MAPS + "/a", "{'metadata':{'name':'a','uid':'other'}}"));
    assertThat(status.code()).isEqualTo(409);
    assertThat(status.message()).contains("Precondition failed: UID in precondition: other");
  }

  @Test
  void putOnAMissingObjectIs404UnlessTheKindIsCreatedByUpdate() {
    assertThat(Api.refusal(() -> api.put(MAPS + "/a", "{'metadata':{'name':'a'}}")).code())
        .isEqualTo(404);
    var leases = "/apis/coordination.k8s.io/v1/namespaces/default/leases";
    assertThat(at(api.put(leases + "/l", "{'metadata':{'name':'l'}}"), "metadata.uid"))
        .isNotEmpty();
    assertThat(
            Api.refusal(() ->
                    api.put(
                        leases + "/l", "{'metadata':{'name':'l'},'spec':{'leaseTransitions':1}}"))
                .message())
        .contains("metadata.resourceVersion: Invalid value: 0: must be specified for an update");
  }

  @Test
  void aDryRunLeavesNothingBehind() {
    var revision = api.store.revision();
    var map = api.post(MAPS + "?dryRun=All", "{'metadata':{'generateName':'a-'}}");
    assertThat(at(map, "metadata.name")).startsWith("a-");
    assertThat(at(map, "metadata.uid")).isNotEmpty();
    assertThat(at(map, "metadata.resourceVersion")).isEmpty();
    assertThat(api.store.revision()).isEqualTo(revision);
    assertThat(
            Api.refusal(() -> api.post(MAPS + "?dryRun=maybe", "{'metadata':{'name':'a'}}")).code())
        .isEqualTo(422);
  }

  @Test
  void unknownFieldsAreWarnedOfOrRefused() {
    var body = "{'metadata':{'name':'a'},'dta':{'k':'v'}}";
    var warned = (Answer.One) api.call("POST", MAPS, "application/json", body);
    assertThat(warned.warnings()).containsExactly("unknown field \"dta\"");
    var status = Api.refusal(() -> api.post(MAPS + "?fieldValidation=Strict", body));
    assertThat(status.code()).isEqualTo(400);
    assertThat(status.message()).contains("strict decoding error: unknown field \"dta\"");
    var ignored =
        (Answer.One)
            api.call("PATCH", MAPS + "/a?fieldValidation=Ignore", Patches.MERGE_PATCH, "{'x':1}");
    assertThat(ignored.warnings()).isEmpty();
  }

  @Test
  void theThreeKindsOfPatchAreApplied() {
    api.post(MAPS, "{'metadata':{'name':'a'},'data':{'k':'v'}}");
    assertThat(
            at(
                api.jsonPatch(MAPS + "/a", "[{'op':'replace','path':'/data/k','value':'w'}]"),
                "data.k"))
        .isEqualTo("w");
    assertThat(at(api.merge(MAPS + "/a", "{'data':{'k':'x'}}"), "data.k")).isEqualTo("x");
    assertThat(at(api.strategic(MAPS + "/a", "{'data':{'k':'y'}}"), "data.k")).isEqualTo("y");
    var failed =
        Api.refusal(
            () -> api.jsonPatch(MAPS + "/a", "[{'op':'test','path':'/data/k','value':'z'}]"));
    assertThat(failed.code()).isEqualTo(422);
    var apply =
        Api.refusal(() -> api.call("PATCH", MAPS + "/a", "application/apply-patch+yaml", "{}"));
    assertThat(apply.code()).isEqualTo(415);
  }

  @Test
  void aPatchThatPinsAVersionConflictsWhenItIsStale() {
    var map = api.post(MAPS, "{'metadata':{'name':'a'}}");
    var stale = at(map, "metadata.resourceVersion");
    api.merge(MAPS + "/a", "{'data':{'k':'v'}}");
    var status =
        Api.refusal(() ->
            api.merge(
                MAPS + "/a", "{'metadata':{'resourceVersion':'" + stale + "'},'data':{'k':'w'}}"));
    assertThat(status.code()).isEqualTo(409);
  }

  @Test
  void generationCountsChangesOfTheSpecOnly() {
    var budgets = "/apis/policy/v1/namespaces/default/poddisruptionbudgets";
    api.post(
        budgets,
        "{'metadata':{'name':'b'},'spec':{'minAvailable':1,'selector':{'matchLabels':{'a':'b'}}},'status':{'currentHealthy':5}}");
    assertThat(at(api.get(budgets + "/b"), "metadata.generation")).isEqualTo("1");
    assertThat(
            at(
                api.merge(budgets + "/b", "{'metadata':{'labels':{'x':'y'}}}"),
                "metadata.generation"))
        .isEqualTo("1");
    assertThat(
            at(
                api.merge(
                    budgets + "/b/status",
                    "{'status':{'currentHealthy':3},'spec':{'minAvailable':9}}"),
                "metadata.generation"))
        .isEqualTo("1");
    var changed =
        api.merge(budgets + "/b", "{'spec':{'minAvailable':2},'status':{'currentHealthy':7}}");
    assertThat(at(changed, "metadata.generation")).isEqualTo("2");
    assertThat(at(changed, "status.currentHealthy")).isEqualTo("3");
  }

  @Test
  void managedFieldsAreNeitherLostNorInvented() {
    var managed =
        "[{'manager':'m','operation':'Apply','apiVersion':'v1','fieldsType':'FieldsV1','fieldsV1':{'f:data':{}}}]";
    var map = api.post(MAPS, "{'metadata':{'name':'a','managedFields':" + managed + "}}");
    assertThat(at(map, "metadata.managedFields")).contains("\"manager\":\"m\"");
    assertThat(
            at(
                api.put(MAPS + "/a", "{'metadata':{'name':'a'},'data':{'k':'v'}}"),
                "metadata.managedFields"))
        .contains("f:data");
    assertThat(
            at(
                api.merge(MAPS + "/a", "{'metadata':{'managedFields':[{}]}}"),
                "metadata.managedFields"))
        .isEmpty();
  }

  @Test
  void aJsonPatchCannotNestWithoutEnd() {
    api.post(
        "/apis/apps/v1/namespaces/default/controllerrevisions",
        "{'metadata':{'name':'deep'},'revision':1,'data':{'a':{}}}");
    var path = new StringBuilder("/data/a");
    var operations = new StringBuilder("[");
    for (var i = 0; i < 10; i++) {
      operations.append(i == 0 ? "" : ",");
      operations.append("{'op':'copy','from':'/data/a','path':'").append(path).append("/a'}");
      path.append(path.substring("/data".length()));
    }
    var status =
        Api.refusal(() ->
            api.jsonPatch(
                "/apis/apps/v1/namespaces/default/controllerrevisions/deep",
                operations.append("]").toString()));
    assertThat(status.code()).isEqualTo(400);
    assertThat(status.message()).contains("nests too deep");
  }
}
