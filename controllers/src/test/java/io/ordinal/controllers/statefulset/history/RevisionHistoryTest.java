package io.ordinal.controllers.statefulset.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ControllerRevisionBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.ordinal.controllers.write.ObjectApi;
import io.ordinal.kube.Json;
import io.ordinal.kube.ObjectKey;
import io.ordinal.kube.OwnerRefs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// The lines H01–H08 of the behaviour checklist, and U07, U08: the revisions of an owner.
class RevisionHistoryTest {
  private static final Map<String, String> LABELS = Map.of("app", "web");
  private final Shelf shelf = new Shelf();
  private final RevisionHistory history = new RevisionHistory(shelf);
  private final StatefulSet owner =
      new StatefulSetBuilder()
          .withNewMetadata()
          .withNamespace("default")
          .withName("web")
          .withUid("web-uid")
          .addToAnnotations("kubernetes.io/change-cause", "because")
          .endMetadata()
          .build();

  @Test
  void h01OnlyOwnAndOrphanedRevisionsThatTheSelectorSelectsAreListed() {
    var selector = new LabelSelectorBuilder().withMatchLabels(LABELS).build();
    var own = revision("own", 1, "a");
    var orphan = orphaned(revision("orphan", 2, "b"));
    var foreign = ownedBy(revision("foreign", 3, "c"), "other-uid");
    var unlabelled =
        new ControllerRevisionBuilder(own).editMetadata().withLabels(Map.of()).endMetadata();
    var all = List.of(foreign, orphan, own, unlabelled.build());
    assertThat(RevisionHistory.of(owner, selector, all)).containsExactly(own, orphan);
  }

  @Test
  void h02CreatesWithTheHashInTheName() {
    var found = history.create(owner, LABELS, data("a"), 1, 0);
    var metadata = found.revision().getMetadata();
    assertThat(metadata.getName()).isEqualTo("web-" + data("a").hash(0));
    assertThat(metadata.getLabels())
        .containsEntry("app", "web")
        .containsEntry("controller.kubernetes.io/hash", data("a").hash(0));
    assertThat(metadata.getAnnotations()).containsEntry("kubernetes.io/change-cause", "because");
    assertThat(OwnerRefs.isControlledBy(found.revision(), owner)).isTrue();
    assertThat(TemplateData.of(found.revision())).isEqualTo(data("a"));
  }

  @Test
  void h02AnIdenticalOneIsReused() {
    var first = history.create(owner, LABELS, data("a"), 1, 0);
    var again = history.create(owner, LABELS, data("a"), 2, 0);
    assertThat(again).isEqualTo(new RevisionHistory.Found(first.revision(), 0));
  }

  @Test
  void h02ACollisionGetsAnotherName() {
    shelf.create(renamed(revision("x", 1, "b"), "web-" + data("a").hash(0)));
    var found = history.create(owner, LABELS, data("a"), 2, 0);
    assertThat(found.collisionCount()).isEqualTo(1);
    assertThat(found.revision().getMetadata().getName()).isEqualTo("web-" + data("a").hash(1));
  }

  @Test
  void h03ANumberIsChangedWhateverElseChanged() {
    var stored = shelf.create(revision("own", 1, "a"));
    shelf.replace(stored);
    assertThat(history.renumber(stored, 9).getRevision()).isEqualTo(9);
  }

  @Test
  void h03ARevisionThatIsGoneCannotBeRenumbered() {
    assertThatThrownBy(() -> history.renumber(revision("gone", 1, "a"), 9))
        .isInstanceOf(KubernetesClientException.class);
  }

  @Test
  void h04TruncatingDeletesTheOldestThatNobodyLivesBy() {
    var names = new ArrayList<ControllerRevision>();
    for (int i = 1; i <= 5; i++) names.add(shelf.create(revision("r" + i, i, "t" + i)));
    history.truncate(names, Set.of("r1", "r5"), 1);
    assertThat(shelf.names()).containsExactly("r1", "r4", "r5");
    history.truncate(names, Set.of("r5"), -1);
    assertThat(shelf.names()).containsExactly("r1", "r4", "r5");
  }

  @Test
  void h05AdoptsAnOrphanAndRefusesAnothers() {
    var orphan = shelf.create(orphaned(revision("orphan", 1, "a")));
    assertThat(OwnerRefs.isControlledBy(history.adopt(owner, orphan), owner)).isTrue();
    var foreign = shelf.create(ownedBy(revision("foreign", 2, "b"), "other-uid"));
    assertThatThrownBy(() -> history.adopt(owner, foreign))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void h06ReleasesAndDoesNotMindWhatIsGone() {
    var own = shelf.create(revision("own", 1, "a"));
    history.release(owner, own);
    assertThat(OwnerRefs.of(shelf.find(ControllerRevision.class, ObjectKey.of(own)).orElseThrow()))
        .isEmpty();
    history.release(owner, revision("gone", 1, "a"));
    shelf.refusal = 422;
    history.release(owner, own);
    shelf.refusal = 500;
    assertThatThrownBy(() -> history.release(owner, own))
        .isInstanceOf(KubernetesClientException.class);
  }

  @Test
  void h07EqualDataIsFoundWhateverItsNameAndNumber() {
    var older = shelf.create(revision("older", 1, "a"));
    var newest = shelf.create(revision("newest", 2, "b"));
    var sorted = List.of(older, newest);
    assertThat(RevisionChoice.of(data("b"), sorted)).isEqualTo(new RevisionChoice.Use(newest));
    assertThat(RevisionChoice.of(data("a"), sorted))
        .isEqualTo(new RevisionChoice.Renumber(older, 3));
    assertThat(RevisionChoice.of(data("c"), sorted)).isEqualTo(new RevisionChoice.Create(3));
    assertThat(RevisionChoice.of(data("c"), List.of())).isEqualTo(new RevisionChoice.Create(1));
  }

  @Test
  void h08SortsByNumberThenAgeThenName() {
    var a = created(revision("a", 1, "x"), "2026-01-01T00:00:02Z");
    var b = created(revision("b", 1, "x"), "2026-01-01T00:00:01Z");
    var c = created(revision("c", 1, "x"), "2026-01-01T00:00:01Z");
    var d = created(revision("d", 0, "x"), "2026-01-01T00:00:03Z");
    var sorted = new ArrayList<>(List.of(a, c, b, d));
    sorted.sort(RevisionChoice.BY_NUMBER);
    assertThat(sorted).containsExactly(d, b, c, a);
  }

  @Test
  void u07ATemplateComesBackExactlyAsItWas() {
    var json =
        Json.of(
            """
            {"spec":{"template":{"spec":{"containers":[{"name":"a","image":"i<&>","novelty":{"x":[1,2.5]}}]},
             "metadata":{"labels":{"app":"web"}}}}}\
            """);
    var data = TemplateData.of(json);
    assertThat(data.text())
        .isEqualTo(
            """
            {"spec":{"template":{"$patch":"replace","metadata":{"labels":{"app":"web"}},"spec":\
            {"containers":[{"image":"i\\u003c\\u0026\\u003e","name":"a","novelty":{"x":[1,2.5]}}]}}}}\
            """);
    assertThat(data.template().tree()).isEqualTo(json.tree().path("spec").path("template"));
  }

  @Test
  void u08RevisionsOfOtherServersAreRecognised() {
    var now = data("{\"labels\":{\"app\":\"web\"}}", "[{\"name\":\"a\"}]");
    var as133 =
        data(
            "{\"creationTimestamp\":null,\"labels\":{\"app\":\"web\"}}",
            "[{\"name\":\"a\",\"resources\":{}}]");
    assertThat(as133).isNotEqualTo(now);
    var stored =
        shelf.create(
            new ControllerRevisionBuilder(revision("old", 4, "x")).withData(as133.tree()).build());
    assertThat(RevisionChoice.of(now, List.of(stored))).isEqualTo(new RevisionChoice.Use(stored));
    var other = data("{\"labels\":{\"app\":\"web\"}}", "[{\"name\":\"b\"}]");
    assertThat(RevisionChoice.of(other, List.of(stored))).isEqualTo(new RevisionChoice.Create(5));
  }

  /// FNV-1 has published test vectors; the letters are upstream's safe alphabet.
  @Test
  void hashesAreFnv1InSafeLetters() {
    // FNV-1 of "a0" is 0x6ca5a0e6 as computed by hand: (0x050c5d7e * prime) ^ '0'.
    int fnv1OfA = 0x050c5d7e;
    long expected = Integer.toUnsignedLong((fnv1OfA * 0x01000193) ^ '0');
    var letters = new StringBuilder();
    for (char digit : Long.toString(expected).toCharArray()) {
      letters.append("bcdfghjklmnpqrstvwxz2456789".charAt(digit % 27));
    }
    assertThat(new TemplateData("a").hash(0)).isEqualTo(letters.toString());
  }

  private static TemplateData data(String image) {
    return data("{}", "[{\"name\":\"a\",\"image\":\"" + image + "\"}]");
  }

  private static TemplateData data(String metadata, String containers) {
    return TemplateData.of(
        Json.of(
            "{\"spec\":{\"template\":{\"metadata\":"
                + metadata
                + ",\"spec\":{\"containers\":"
                + containers
                + "}}}}"));
  }

  private ControllerRevision revision(String name, long number, String image) {
    return new ControllerRevisionBuilder()
        .withNewMetadata()
        .withNamespace("default")
        .withName(name)
        .withUid(name + "-uid")
        .withLabels(LABELS)
        .withOwnerReferences(OwnerRefs.controllerRef(owner))
        .endMetadata()
        .withRevision(number)
        .withData(data(image).tree())
        .build();
  }

  private static ControllerRevision orphaned(ControllerRevision revision) {
    return withOwners(revision, List.of());
  }

  private static ControllerRevision ownedBy(ControllerRevision revision, String uid) {
    var ref =
        new OwnerReferenceBuilder()
            .withApiVersion("apps/v1")
            .withKind("StatefulSet")
            .withName("other")
            .withUid(uid)
            .withController(true);
    return withOwners(revision, List.of(ref.build()));
  }

  private static ControllerRevision withOwners(ControllerRevision r, List<OwnerReference> owners) {
    return new ControllerRevisionBuilder(r)
        .editMetadata()
        .withOwnerReferences(owners)
        .endMetadata()
        .build();
  }

  private static ControllerRevision renamed(ControllerRevision revision, String name) {
    return new ControllerRevisionBuilder(revision)
        .editMetadata()
        .withName(name)
        .endMetadata()
        .build();
  }

  private static ControllerRevision created(ControllerRevision revision, String time) {
    return new ControllerRevisionBuilder(revision)
        .editMetadata()
        .withCreationTimestamp(time)
        .endMetadata()
        .build();
  }

  /// Revisions by name, each change numbered.
  private static final class Shelf implements ObjectApi {
    private final Map<String, HasMetadata> objects = new TreeMap<>();
    private int refusal;
    private int version;

    private List<String> names() {
      return List.copyOf(objects.keySet());
    }

    @Override
    public <T extends HasMetadata> T create(T object) {
      if (objects.containsKey(object.getMetadata().getName())) throw refusal(409);
      return store(object);
    }

    @Override
    public <T extends HasMetadata> T replace(T object) {
      requireNewest(object);
      return store(object);
    }

    @Override
    public <T extends HasMetadata> T replaceStatus(T object) {
      return replace(object);
    }

    @Override
    public <T extends HasMetadata> T replaceOwners(T object, List<OwnerReference> owners) {
      if (refusal != 0) throw refusal(refusal);
      requireNewest(object);
      object.getMetadata().setOwnerReferences(owners);
      return store(object);
    }

    @Override
    public <T extends HasMetadata> Optional<T> find(Class<T> type, ObjectKey key) {
      return Optional.ofNullable(objects.get(key.name())).map(type::cast);
    }

    @Override
    public void delete(HasMetadata object) {
      objects.remove(object.getMetadata().getName());
    }

    private void requireNewest(HasMetadata object) {
      var stored = objects.get(object.getMetadata().getName());
      if (stored == null) throw refusal(404);
      var known = object.getMetadata().getResourceVersion();
      if (!stored.getMetadata().getResourceVersion().equals(known)) throw refusal(409);
    }

    @SuppressWarnings("unchecked") // a copy of a revision is a revision
    private <T extends HasMetadata> T store(T object) {
      var copy = (T) new ControllerRevisionBuilder((ControllerRevision) object).build();
      copy.getMetadata().setResourceVersion(Integer.toString(++version));
      objects.put(copy.getMetadata().getName(), copy);
      return copy;
    }

    private static KubernetesClientException refusal(int code) {
      return new KubernetesClientException(new StatusBuilder().withCode(code).build());
    }
  }
}
