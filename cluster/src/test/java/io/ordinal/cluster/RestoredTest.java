package io.ordinal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.cluster.ClusterConfig.RuntimeKind;
import io.ordinal.server.tree.Json;
import io.ordinal.store.Expect;
import io.ordinal.store.MemoryStore;
import io.ordinal.store.Retention;
import io.ordinal.store.Store;
import io.ordinal.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A cluster whose data folder is not where it was: restored, moved, or started by an Ordinal that
/// remembered nothing.
class RestoredTest {

  private static final Addresses ADDRESSES = new Addresses(23);

  @TempDir Path folder;
  private Path old;
  private DataFolder now;

  @BeforeEach
  void folders() throws IOException {
    old = folder.toRealPath().resolve("old");
    now = DataFolder.open(folder.resolve("new"));
  }

  @Test
  void volumesFollowIntoTheNewFolder() throws IOException {
    restoredStore();
    Files.createDirectories(now.volumes().resolve("pvc-a"));
    var said = String.join("\n", new Restored(now).volumes());
    assertThat(said)
        .contains("volume pvc-a (default/www-web-0): its data is here, in " + now.path())
        .contains("cp -a %s/volumes/pvc-b %s/volumes/pvc-b".formatted(old, now.path()))
        .contains("volume elsewhere: its data is missing: it has to be in /mnt/no-such-disk")
        .contains("./ordinal down --data " + old);
    try (var store = open()) {
      assertThat(new StoredCluster(store).volumes())
          .extracting(volume -> volume.path().toString())
          .containsExactly(
              "/mnt/no-such-disk", now.path() + "/volumes/pvc-a", now.path() + "/volumes/pvc-b");
    }
  }

  @Test
  void theClusterKeepsItsAddressesNodesAndRuntime() throws IOException {
    restoredStore();
    new Restored(now).volumes();
    assertThat(Settings.read(now))
        .contains(new Settings(now.path(), Optional.of(old), RuntimeKind.SIMULATED, 3, ADDRESSES));
  }

  @Test
  void aStoreThatWasNeverRememberedIsAsked() throws IOException {
    try (var store = MemoryStore.create()) {
      fill(store);
      var settings = new Residence(now, new StoredCluster(store)).settle(noOptions());
      assertThat(settings)
          .isEqualTo(
              new Settings(now.path(), Optional.empty(), RuntimeKind.SIMULATED, 3, ADDRESSES));
    }
  }

  @Test
  void aMovedFolderTakesItsVolumesAlong() throws IOException {
    new Settings(old, Optional.empty(), RuntimeKind.SIMULATED, 3, ADDRESSES).write(now);
    try (var store = MemoryStore.create()) {
      fill(store);
      var settings = new Residence(now, new StoredCluster(store)).settle(noOptions());
      assertThat(settings.folder()).isEqualTo(now.path());
      assertThat(new StoredCluster(store).homes()).containsExactly(now.path());
    }
  }

  @Test
  void aFreshFolderRemembersWhatWasAskedFor() throws IOException {
    try (var store = MemoryStore.create()) {
      var residence = new Residence(now, new StoredCluster(store));
      var settings = residence.settle(twoSimulatedNodes());
      assertThat(residence.settle(noOptions()).nodes()).as("a start that came to nothing").isOne();
      settings.writeIfNew(now);
      assertThat(residence.settle(noOptions())).isEqualTo(settings);
      assertThat(settings.nodes()).isEqualTo(2);
    }
  }

  @Test
  void aFolderHeldByAnotherIsNotCleanedUp() throws IOException {
    Files.createDirectories(now.path().resolve("containerd"));
    try (var _ = open()) {
      assertThatThrownBy(() -> Cluster.cleanUp(now))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("no container was touched");
    }
  }

  private ClusterConfig twoSimulatedNodes() {
    return new ClusterConfig(
        now.path(), "127.0.0.1", 0, Optional.of(2), Optional.of(RuntimeKind.SIMULATED));
  }

  private ClusterConfig noOptions() {
    return new ClusterConfig(now.path(), "127.0.0.1", 0, Optional.empty(), Optional.empty());
  }

  private void restoredStore() throws IOException {
    try (var store = open()) {
      fill(store);
    }
  }

  private Store open() throws IOException {
    return SqliteStore.open(
        now.store(), Retention.USUAL, Clock.systemUTC(), StopProcess.ofThisProcess());
  }

  private void fill(Store store) {
    for (var node : new String[] {"node-1", "node-2", "node-3"}) {
      put(
          store,
          "/core/nodes/" + node,
          """
          {"kind":"Node","metadata":{"name":"%s","labels":{"ordinal.io/simulated":"true"}}}\
          """
              .formatted(node));
    }
    put(
        store,
        "/core/services/default/kubernetes",
        """
        {"kind":"Service","metadata":{"name":"kubernetes"},"spec":{"clusterIP":"10.119.0.1"}}\
        """);
    put(store, "/core/persistentvolumes/elsewhere", handMade());
    put(store, "/core/persistentvolumes/pvc-a", volume("pvc-a", "www-web-0"));
    put(store, "/core/persistentvolumes/pvc-b", volume("pvc-b", "www-web-1"));
  }

  private static String handMade() {
    return """
    {"kind":"PersistentVolume","metadata":{"name":"elsewhere"},
     "spec":{"hostPath":{"path":"/mnt/no-such-disk"}}}\
    """;
  }

  private String volume(String name, String claim) {
    return """
    {"kind":"PersistentVolume","metadata":{"name":"%s",
       "annotations":{"pv.kubernetes.io/provisioned-by":"ordinal.io/local"}},
     "spec":{"local":{"path":"%s/volumes/%s"},"claimRef":{"namespace":"default","name":"%s"}},
     "status":{"phase":"Bound"}}\
    """
        .formatted(name, old, name, claim);
  }

  private static void put(Store store, String key, String object) {
    store.put(key, Json.encode(Json.parse(object)), new Expect.Anything());
  }
}
