package io.ordinal.server.custom;

import static io.ordinal.server.custom.Crontabs.DEFINITIONS;
import static io.ordinal.server.custom.Crontabs.NAME;
import static io.ordinal.server.custom.Crontabs.PATH;
import static io.ordinal.server.custom.Crontabs.crontab;
import static io.ordinal.server.registry.Api.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.server.registry.Api;
import io.ordinal.server.registry.WatchEvent;
import io.ordinal.server.tree.Tree;
import io.ordinal.store.MemoryStore;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// The life of a definition: served at once, changed, conflicting, deleted, restarted (contract
/// H4).
class DefinitionTest {
  private final Api api = new Api();

  @AfterEach
  void close() {
    api.close();
  }

  private ObjectNode create(ObjectNode definition) {
    return api.post(DEFINITIONS, definition.toString());
  }

  private String conditions(String name) {
    return Tree.objects(api.get(DEFINITIONS + "/" + name), "status", "conditions").stream()
        .map(c -> "%s=%s %s".formatted(at(c, "type"), at(c, "status"), at(c, "reason")))
        .collect(Collectors.joining(", "));
  }

  @Test
  void aKindIsServedAsSoonAsItsDefinitionIsCreated() {
    create(Crontabs.definition());
    var definition = api.get(DEFINITIONS + "/" + NAME);
    assertThat(conditions(NAME))
        .isEqualTo("NamesAccepted=True NoConflicts, Established=True InitialNamesAccepted");
    assertThat(at(definition, "spec.names.singular")).isEqualTo("crontab");
    assertThat(at(definition, "spec.names.listKind")).isEqualTo("CronTabList");
    assertThat(at(definition, "spec.conversion.strategy")).isEqualTo("None");
    assertThat(at(definition, "status.acceptedNames.plural")).isEqualTo("crontabs");
    assertThat(Tree.texts(definition, "status", "storedVersions")).containsExactly("v1");
    assertThat(at(api.post(PATH, crontab("a", "")), "kind")).isEqualTo("CronTab");
    assertThat(api.many(PATH).kind()).isEqualTo("CronTabList");
  }

  @Test
  void whatIsNotDefinedIsNotServed() {
    assertThat(Api.refusal(() -> api.list(PATH)).code()).isEqualTo(404);
  }

  @Test
  void aDefinitionTakesItsInstancesAlong() {
    create(Crontabs.definition());
    api.post(PATH, crontab("a", ""));
    var watch = api.watch(PATH);
    var instances = api.watch(DEFINITIONS);
    Api.events(instances);
    api.delete(DEFINITIONS + "/" + NAME);
    assertThat(Api.refusal(() -> api.get(DEFINITIONS + "/" + NAME)).code()).isEqualTo(404);
    assertThat(Api.refusal(() -> api.list(PATH)).code()).isEqualTo(404);
    assertThat(watch.poll()).extracting(WatchEvent::type).isEqualTo(WatchEvent.Type.ADDED);
    assertThat(watch.poll()).extracting(WatchEvent::type).isEqualTo(WatchEvent.Type.DELETED);
    assertThat(watch.poll()).extracting(WatchEvent::type).isEqualTo(WatchEvent.Type.ERROR);
    assertThat(Api.events(instances)).last().isEqualTo("DELETED " + NAME);
    create(Crontabs.definition());
    assertThat(api.list(PATH)).isEmpty();
  }

  @Test
  void anInstanceWithAFinalizerHoldsItsDefinition() {
    create(Crontabs.definition());
    api.post(
        PATH,
        "{'metadata':{'name':'a','finalizers':['example.com/hold']},'spec':{'cronSpec':'* * * * *'}}");
    var deleted = api.delete(DEFINITIONS + "/" + NAME);
    assertThat(Tree.texts(deleted, "metadata", "finalizers"))
        .containsExactly("customresourcecleanup.apiextensions.k8s.io");
    assertThat(conditions(NAME)).endsWith("Terminating=True InstanceDeletionInProgress");
    var refused = Api.refusal(() -> api.post(PATH, crontab("b", "")));
    assertThat(refused.code()).isEqualTo(405);
    assertThat(refused.message())
        .isEqualTo("create not allowed while custom resource definition is terminating");
    api.merge(PATH + "/a", "{'metadata':{'finalizers':null}}");
    assertThat(Api.refusal(() -> api.get(DEFINITIONS + "/" + NAME)).code()).isEqualTo(404);
  }

  /// Whoever deletes a definition deletes what is stored under its names.
  @Test
  void aDefinitionDoesNotLieOverABuiltInKind() {
    api.post(
        "/apis/storage.k8s.io/v1/storageclasses",
        "{'metadata':{'name':'kept'},'provisioner':'example.com/none'}");
    var definition = Crontabs.definition();
    var metadata = Tree.make(definition, "metadata").put("name", "storageclasses.storage.k8s.io");
    metadata.putObject("annotations").put("api-approved.kubernetes.io", "unapproved, a test");
    Tree.make(definition, "spec").put("group", "storage.k8s.io");
    Tree.make(definition, "spec", "names").put("plural", "storageclasses").remove("shortNames");
    create(definition);
    assertThat(conditions("storageclasses.storage.k8s.io"))
        .isEqualTo("NamesAccepted=False PluralConflict, Established=False NotAccepted");
    api.delete(DEFINITIONS + "/storageclasses.storage.k8s.io");
    assertThat(api.names("/apis/storage.k8s.io/v1/storageclasses")).contains("kept");
  }

  @Test
  void aNameBelongsToWhoHadItFirst() {
    create(Crontabs.definition());
    var other = Crontabs.definition();
    Tree.make(other, "metadata").put("name", "others.stable.example.com");
    Tree.make(other, "spec", "names").put("plural", "others").put("kind", "Other");
    create(other);
    assertThat(conditions("others.stable.example.com"))
        .isEqualTo("NamesAccepted=False ShortNamesConflict, Established=False NotAccepted");
    var path = "/apis/stable.example.com/v1/others";
    assertThat(Api.refusal(() -> api.list(path)).code()).isEqualTo(404);
    api.delete(DEFINITIONS + "/" + NAME);
    assertThat(conditions("others.stable.example.com"))
        .isEqualTo("NamesAccepted=True NoConflicts, Established=True InitialNamesAccepted");
    assertThat(api.list(path)).isEmpty();
  }

  @Test
  void kindsAreKnownAgainAfterARestart() {
    var store = MemoryStore.create();
    try (var before = new Api(store, 1)) {
      before.post(DEFINITIONS, Crontabs.definition().toString());
      before.post(PATH, crontab("a", ""));
      var after = new Api(store, 2);
      assertThat(after.names(PATH)).containsExactly("a");
      after.registry.close();
    }
  }

  @Test
  void anotherSchemaHoldsForTheNextWriteAndForReading() {
    create(Crontabs.definition());
    api.post(PATH, crontab("a", "'image':'nginx','note':'x'"));
    var definition = api.get(DEFINITIONS + "/" + NAME);
    var spec = Tree.make(Crontabs.schema(definition), "properties", "spec", "properties");
    spec.remove("note");
    spec.putObject("mode").put("type", "string").put("default", "fast");
    Tree.make(spec, "image").put("maxLength", 3);
    api.put(DEFINITIONS + "/" + NAME, definition);
    var read = api.get(PATH + "/a");
    assertThat(at(read, "spec.mode")).isEqualTo("fast");
    assertThat(at(read, "spec.note")).isEmpty();
    assertThat(at(api.list(PATH).getFirst(), "spec.mode")).isEqualTo("fast");
    // what an update leaves as it was may stay as the old schema allowed it
    assertThat(at(api.merge(PATH + "/a", "{'spec':{'replicas':2}}"), "spec.replicas"))
        .isEqualTo("2");
    assertThat(Api.refusal(() -> api.merge(PATH + "/a", "{'spec':{'image':'other'}}")).code())
        .isEqualTo(422);
  }

  @Test
  void aWatchBeginsAnewWhenTheDefinitionChanges() {
    create(Crontabs.definition());
    var watch = api.watch(PATH);
    var definition = api.get(DEFINITIONS + "/" + NAME);
    Tree.make(definition, "metadata", "labels").put("a", "b");
    api.put(DEFINITIONS + "/" + NAME, definition);
    assertThat(watch.poll()).isNull();
    api.merge(
        DEFINITIONS + "/" + NAME,
        "{'metadata':{'resourceVersion':'%s'},'spec':{'names':{'shortNames':['x']}}}"
            .formatted(at(api.get(DEFINITIONS + "/" + NAME), "metadata.resourceVersion")));
    assertThat(watch.poll()).extracting(WatchEvent::type).isEqualTo(WatchEvent.Type.ERROR);
  }

  @Test
  void versionsDifferOnlyInTheirNames() {
    var definition = Crontabs.definition();
    var older = Crontabs.version(definition).deepCopy();
    older.put("name", "v1beta1").put("storage", false).put("deprecated", true);
    Tree.makeList(Tree.make(definition, "spec"), "versions").add(older);
    create(definition);
    var beta = PATH.replace("/v1/", "/v1beta1/");
    api.post(PATH, crontab("a", ""));
    assertThat(at(api.get(beta + "/a"), "apiVersion")).isEqualTo("stable.example.com/v1beta1");
    assertThat(at(api.merge(beta + "/a", "{'spec':{'image':'x'}}"), "apiVersion"))
        .isEqualTo("stable.example.com/v1beta1");
    assertThat(at(api.get(PATH + "/a"), "apiVersion")).isEqualTo("stable.example.com/v1");
    assertThat(api.call("POST", beta, "application/json", crontab("b", "")).warnings())
        .containsExactly("stable.example.com/v1beta1 CronTab is deprecated");
    var removed = api.get(DEFINITIONS + "/" + NAME);
    Tree.makeList(Tree.make(removed, "spec"), "versions").remove(0);
    Crontabs.version(removed).put("storage", true);
    assertThat(Api.refusal(() -> api.put(DEFINITIONS + "/" + NAME, removed)).message())
        .contains("status.storedVersions[0]: Invalid value: \"v1\": missing from spec.versions");
  }
}
