package io.ordinal.server.registry;

import static io.ordinal.server.registry.Api.at;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The deletion state machine (contract B3).
class DeletionTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String PODS = "/api/v1/namespaces/default/pods";
  private static final String POD =
      "{'metadata':{'name':'p'},'spec':{'containers':[{'name':'c','image':'i:1'}]}}";
  private final Api api = new Api().withPods();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void deleteAnswersAStatusThatNamesTheObject() {
    var map = api.post(MAPS, "{'metadata':{'name':'a'}}");
    var status = api.delete(MAPS + "/a");
    assertThat(at(status, "kind")).isEqualTo("Status");
    assertThat(at(status, "status")).isEqualTo("Success");
    assertThat(at(status, "details.name")).isEqualTo("a");
    assertThat(at(status, "details.kind")).isEqualTo("configmaps");
    assertThat(at(status, "details.uid")).isEqualTo(at(map, "metadata.uid"));
    assertThat(Api.refusal(() -> api.get(MAPS + "/a")).message())
        .isEqualTo("configmaps \"a\" not found");
    assertThat(Api.refusal(() -> api.delete(MAPS + "/a")).code()).isEqualTo(404);
  }

  @Test
  void aPodWithoutANodeGoesAtOnceAndIsAnswered() {
    api.post(PODS, POD);
    assertThat(at(api.delete(PODS + "/p"), "kind")).isEqualTo("Pod");
    assertThat(api.names(PODS)).isEmpty();
  }

  @Test
  void aRunningPodIsGivenItsGrace() {
    running();
    var dying = api.delete(PODS + "/p");
    assertThat(at(dying, "metadata.deletionTimestamp")).isEqualTo("2026-01-01T00:00:30Z");
    assertThat(at(dying, "metadata.deletionGracePeriodSeconds")).isEqualTo("30");
    assertThat(at(dying, "metadata.generation")).isEqualTo("2");
    assertThat(api.delete(PODS + "/p")).isEqualTo(dying);
  }

  @Test
  void graceOnlyBecomesShorter() {
    running();
    api.delete(PODS + "/p");
    assertThat(
            at(
                api.delete(PODS + "/p", "{'gracePeriodSeconds':60}"),
                "metadata.deletionGracePeriodSeconds"))
        .isEqualTo("30");
    var sooner = api.delete(PODS + "/p", "{'gracePeriodSeconds':5}");
    assertThat(at(sooner, "metadata.deletionGracePeriodSeconds")).isEqualTo("5");
    assertThat(at(sooner, "metadata.deletionTimestamp")).isEqualTo("2026-01-01T00:00:05Z");
    api.delete(PODS + "/p", "{'gracePeriodSeconds':0}");
    assertThat(api.names(PODS)).isEmpty();
  }

  @Test
  void anEndedPodNeedsNoGrace() {
    running();
    api.merge(PODS + "/p/status", "{'status':{'phase':'Succeeded'}}");
    api.delete(PODS + "/p");
    assertThat(api.names(PODS)).isEmpty();
  }

  @Test
  void finalizersKeepAnObjectUntilTheyAreGone() {
    api.post(MAPS, "{'metadata':{'name':'a','finalizers':['example.com/x']}}");
    var watch = api.watch(MAPS + "?resourceVersion=" + api.store.revision());
    var dying = api.delete(MAPS + "/a");
    assertThat(at(dying, "metadata.deletionTimestamp")).isNotEmpty();
    assertThat(at(dying, "metadata.deletionGracePeriodSeconds")).isEqualTo("0");
    var added =
        Api.refusal(() ->
            api.merge(
                MAPS + "/a", "{'metadata':{'finalizers':['example.com/x','example.com/y']}}"));
    assertThat(added.code()).isEqualTo(422);
    assertThat(added.message())
        .contains(
            "metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{\"example.com/y\"}");
    api.merge(MAPS + "/a", "{'metadata':{'finalizers':null}}");
    assertThat(api.names(MAPS)).isEmpty();
    assertThat(Api.events(watch)).containsExactly("MODIFIED a", "DELETED a");
  }

  @Test
  void aFinalizedPodWaitsForBothGraceAndFinalizers() {
    running();
    api.merge(PODS + "/p", "{'metadata':{'finalizers':['example.com/x']}}");
    api.delete(PODS + "/p", "{'gracePeriodSeconds':3}");
    api.merge(PODS + "/p", "{'metadata':{'finalizers':null}}");
    assertThat(api.names(PODS)).containsExactly("p");
    api.delete(PODS + "/p", "{'gracePeriodSeconds':0}");
    assertThat(api.names(PODS)).isEmpty();
  }

  @Test
  void propagationIsAFinalizer() {
    api.post(MAPS, "{'metadata':{'name':'a'}}");
    assertThat(
            at(
                api.delete(MAPS + "/a", "{'propagationPolicy':'Foreground'}"),
                "metadata.finalizers"))
        .isEqualTo("[\"foregroundDeletion\"]");
    api.post(MAPS, "{'metadata':{'name':'b'}}");
    assertThat(at(api.delete(MAPS + "/b", "{'orphanDependents':true}"), "metadata.finalizers"))
        .isEqualTo("[\"orphan\"]");
    var both =
        Api.refusal(() ->
            api.delete(MAPS + "/b", "{'orphanDependents':true,'propagationPolicy':'Orphan'}"));
    assertThat(both.code()).isEqualTo(422);
  }

  @Test
  void preconditionsAreChecked() {
    var map = api.post(MAPS, "{'metadata':{'name':'a'}}");
    assertThat(
            Api.refusal(() -> api.delete(MAPS + "/a", "{'preconditions':{'uid':'other'}}")).code())
        .isEqualTo(409);
    assertThat(
            Api.refusal(() -> api.delete(MAPS + "/a", "{'preconditions':{'resourceVersion':'1'}}"))
                .code())
        .isEqualTo(409);
    api.delete(MAPS + "/a", "{'preconditions':{'uid':'" + at(map, "metadata.uid") + "'}}");
    assertThat(api.names(MAPS)).isEmpty();
  }

  @Test
  void aDryRunDeletesNothing() {
    api.post(MAPS, "{'metadata':{'name':'a'}}");
    api.delete(MAPS + "/a?dryRun=All");
    api.delete(MAPS + "/a", "{'dryRun':['All']}");
    assertThat(api.names(MAPS)).containsExactly("a");
  }

  @Test
  void aCollectionIsDeletedBySelector() {
    for (var name : new String[] {"a", "b", "c"}) {
      api.post(MAPS, "{'metadata':{'name':'" + name + "','labels':{'x':'" + name + "'}}}");
    }
    var deleted = (Answer.Many) api.call("DELETE", MAPS + "?labelSelector=x+in+(a,b)", "", "");
    assertThat(deleted.items()).hasSize(2);
    assertThat(api.names(MAPS)).containsExactly("c");
  }

  @Test
  void whoCreatesAnObjectThatIsBeingDeletedIsTold() {
    api.post(MAPS, "{'metadata':{'name':'a','finalizers':['example.com/x']}}");
    api.delete(MAPS + "/a");
    var status = Api.refusal(() -> api.post(MAPS, "{'metadata':{'name':'a'}}"));
    assertThat(status.message())
        .isEqualTo("object is being deleted: configmaps \"a\" already exists");
  }

  @Test
  void aNamespaceGoesWhenItsControllerHasEmptiedIt() {
    api.post("/api/v1/namespaces", "{'metadata':{'name':'x'}}");
    var dying = api.delete("/api/v1/namespaces/x");
    assertThat(at(dying, "status.phase")).isEqualTo("Terminating");
    var status =
        Api.refusal(() -> api.post("/api/v1/namespaces/x/configmaps", "{'metadata':{'name':'a'}}"));
    assertThat(status.code()).isEqualTo(403);
    assertThat(status.details().causes().getFirst().reason()).isEqualTo("NamespaceTerminating");
    assertThat(at(api.get("/api/v1/namespaces/x"), "status.phase")).isEqualTo("Terminating");
    api.put("/api/v1/namespaces/x/finalize", "{'metadata':{'name':'x'},'spec':{'finalizers':[]}}");
    assertThat(Api.refusal(() -> api.get("/api/v1/namespaces/x")).code()).isEqualTo(404);
  }

  @Test
  void someNamespacesNeverGo() {
    var status = Api.refusal(() -> api.delete("/api/v1/namespaces/kube-system"));
    assertThat(status.message())
        .isEqualTo("namespaces \"kube-system\" is forbidden: this namespace may not be deleted");
  }

  private void running() {
    api.post(PODS, POD);
    api.post(PODS + "/p/binding", "{'metadata':{'name':'p'},'target':{'kind':'Node','name':'n'}}");
    api.merge(PODS + "/p/status", "{'status':{'phase':'Running'}}");
  }
}
