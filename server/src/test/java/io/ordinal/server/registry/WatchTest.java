package io.ordinal.server.registry;

import static io.ordinal.server.registry.Api.at;
import static io.ordinal.server.registry.Api.events;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Watches (contract B5).
class WatchTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String PODS = "/api/v1/namespaces/default/pods";
  private final Api api = new Api().withPods();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void aWatchFromARevisionShowsWhatCameLater() {
    map("a");
    var revision = api.store.revision();
    map("b");
    var watch = api.watch(MAPS + "?resourceVersion=" + revision);
    map("c");
    api.merge(MAPS + "/b", "{'data':{'k':'v'}}");
    api.delete(MAPS + "/a");
    assertThat(events(watch)).containsExactly("ADDED b", "ADDED c", "MODIFIED b", "DELETED a");
    watch.close();
    map("d");
    assertThat(events(watch)).isEmpty();
  }

  @Test
  void aWatchWithoutARevisionBeginsWithTheState() {
    map("a");
    map("b");
    var watch = api.watch(MAPS);
    map("c");
    assertThat(events(watch)).containsExactly("ADDED a", "ADDED b", "ADDED c");
    assertThat(events(api.watch(MAPS + "?resourceVersion=0")))
        .containsExactly("ADDED a", "ADDED b", "ADDED c");
  }

  @Test
  void aLateWatcherMissesNothingThatAnEarlierOneHasSeen() {
    var early = api.watch(MAPS);
    var revision = api.store.revision();
    map("a");
    map("b");
    var late = api.watch(MAPS + "?resourceVersion=" + revision);
    map("c");
    assertThat(events(late))
        .isEqualTo(events(early))
        .containsExactly("ADDED a", "ADDED b", "ADDED c");
  }

  @Test
  void initialEventsEndWithABookmark() {
    map("a");
    var watch =
        api.watch(
            MAPS
                + "?sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true");
    assertThat(Objects.requireNonNull(watch.poll()).type()).isEqualTo(WatchEvent.Type.ADDED);
    var end = Objects.requireNonNull(watch.poll());
    assertThat(end.type()).isEqualTo(WatchEvent.Type.BOOKMARK);
    assertThat(new String(end.json(), StandardCharsets.UTF_8))
        .contains("\"k8s.io/initial-events-end\":\"true\"");
    assertThat(at(end.tree(), "metadata.resourceVersion"))
        .isEqualTo(Long.toString(api.store.revision()));
    assertThat(Api.refusal(() -> api.watch(MAPS + "?sendInitialEvents=true")).code())
        .isEqualTo(422);
  }

  @Test
  void aDeletedObjectCarriesTheRevisionOfItsDeletion() {
    map("a");
    var watch = api.watch(MAPS + "?resourceVersion=" + api.store.revision());
    api.delete(MAPS + "/a");
    var event = Objects.requireNonNull(watch.poll());
    assertThat(at(event.tree(), "metadata.resourceVersion"))
        .isEqualTo(Long.toString(api.store.revision()));
    assertThat(at(event.tree(), "metadata.uid")).isNotEmpty();
  }

  @Test
  void anObjectEntersAndLeavesASelection() {
    var watch = api.watch(MAPS + "?labelSelector=x=1");
    map("a");
    api.merge(MAPS + "/a", "{'metadata':{'labels':{'x':'1'}}}");
    api.merge(MAPS + "/a", "{'data':{'k':'v'}}");
    api.merge(MAPS + "/a", "{'metadata':{'labels':{'x':'2'}},'data':{'k':'w'}}");
    var added = Objects.requireNonNull(watch.poll());
    var modified = Objects.requireNonNull(watch.poll());
    var deleted = Objects.requireNonNull(watch.poll());
    assertThat(added.type()).isEqualTo(WatchEvent.Type.ADDED);
    assertThat(modified.type()).isEqualTo(WatchEvent.Type.MODIFIED);
    assertThat(deleted.type()).isEqualTo(WatchEvent.Type.DELETED);
    assertThat(at(deleted.tree(), "data.k")).isEqualTo("v");
    assertThat(at(deleted.tree(), "metadata.resourceVersion"))
        .isEqualTo(Long.toString(api.store.revision()));
    assertThat(watch.poll()).isNull();
  }

  @Test
  void aNodeHearsOnlyOfItsOwnPods() {
    var mine = api.watch("/api/v1/pods?fieldSelector=spec.nodeName=n1");
    var others = api.watch("/api/v1/pods?fieldSelector=spec.nodeName=n2");
    var unbound = api.watch("/api/v1/pods?fieldSelector=spec.nodeName=");
    var woken = new int[1];
    others.onWake(() -> woken[0]++);
    api.post(PODS, "{'metadata':{'name':'p'},'spec':{'containers':[{'name':'c','image':'i'}]}}");
    api.post(PODS + "/p/binding", "{'target':{'kind':'Node','name':'n1'}}");
    api.delete(PODS + "/p", "{'gracePeriodSeconds':0}");
    assertThat(events(mine)).containsExactly("ADDED p", "DELETED p");
    assertThat(events(unbound)).containsExactly("ADDED p", "DELETED p");
    assertThat(events(others)).isEmpty();
    assertThat(woken[0]).isZero();
  }

  @Test
  void watchersOfOneChangeShareItsEvent() {
    var one = api.watch(MAPS);
    var other = api.watch("/api/v1/configmaps");
    map("a");
    assertThat(one.poll()).isSameAs(other.poll());
  }

  @Test
  void oneObjectIsWatchedByName() {
    var watch = api.watch(MAPS + "?fieldSelector=metadata.name=b");
    map("a");
    map("b");
    assertThat(events(watch)).containsExactly("ADDED b");
  }

  @Test
  void aBookmarkNamesWhatWasTaken() {
    var watch = api.watch(MAPS);
    api.post("/api/v1/namespaces", "{'metadata':{'name':'elsewhere'}}");
    assertThat(at(watch.bookmark().tree(), "metadata.resourceVersion"))
        .isEqualTo(Long.toString(api.store.revision()));
    var before = api.store.revision();
    map("a");
    assertThat(at(watch.bookmark().tree(), "metadata.resourceVersion"))
        .isEqualTo(Long.toString(before));
    watch.poll();
    assertThat(at(watch.bookmark().tree(), "metadata.resourceVersion"))
        .isEqualTo(Long.toString(api.store.revision()));
  }

  @Test
  void whatIsCompactedIsGone() {
    map("a");
    var old = api.store.revision();
    map("b");
    map("c");
    api.store.compact(api.store.revision());
    var status = Api.refusal(() -> api.watch(MAPS + "?resourceVersion=" + old));
    assertThat(status.code()).isEqualTo(410);
    assertThat(status.message()).startsWith("too old resource version: " + old);
  }

  @Test
  void bothShapesOfAnEventAreWatched() {
    var events = "/api/v1/namespaces/default/events";
    var grouped =
        api.watch(
            "/apis/events.k8s.io/v1/namespaces/default/events?fieldSelector=regarding.name=p");
    api.post(
        events,
        "{'metadata':{'name':'e'},'involvedObject':{'kind':'Pod','namespace':'default','name':'p'},'reason':'R','message':'m','count':3}");
    var event = Objects.requireNonNull(grouped.poll()).tree();
    assertThat(at(event, "apiVersion")).isEqualTo("events.k8s.io/v1");
    assertThat(at(event, "note")).isEqualTo("m");
    assertThat(at(event, "deprecatedCount")).isEqualTo("3");
    assertThat(at(event, "regarding.name")).isEqualTo("p");
    assertThat(api.names(events + "?fieldSelector=involvedObject.name=p,reason=R"))
        .containsExactly("e");
  }

  private void map(String name) {
    api.post(MAPS, "{'metadata':{'name':'" + name + "'}}");
  }
}
