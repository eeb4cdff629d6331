package io.ordinal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.ordinal.cluster.nodes.LateStreams;
import io.ordinal.cluster.pki.Pki;
import io.ordinal.kube.Informers;
import io.ordinal.kube.ObjectKey;
import io.ordinal.server.ServerConfig;
import io.ordinal.server.User;
import io.ordinal.server.auth.TokenConfig;
import io.ordinal.server.auth.TokenKeys;
import io.ordinal.store.MemoryStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Parts in this process through their door, on one thread.
class ControlPlaneTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

  @TempDir Path folder;
  private ControlPlane plane;
  private KubernetesClient admin;

  @BeforeEach
  void start() {
    var pki = Pki.open(folder, InstantSource.fixed(CLOCK.instant()));
    var tokens = TokenConfig.of("https://issuer", new TokenKeys(pki.signingKeys(), List.of()));
    plane =
        ControlPlane.create(
            MemoryStore.create(),
            () -> ServerConfig.of(tokens, List.of(pki.authority())),
            "10.96.0.0/16",
            new LateStreams(),
            new Timing(CLOCK, CLOCK, new Random(1), true));
    admin = plane.clientFor(User.admin());
  }

  @AfterEach
  void stop() {
    admin.close();
    plane.close();
  }

  @Test
  void whatIsCreatedIsRead() {
    createConfig("settings", "blue");
    assertThat(admin.configMaps().inNamespace("default").withName("settings").get().getData())
        .containsEntry("colour", "blue");
  }

  @Test
  void aRefusalIsTheServersStatus() {
    assertThatThrownBy(() -> createConfig("Not_A_Name", "blue"))
        .isInstanceOf(KubernetesClientException.class)
        .extracting(e -> ((KubernetesClientException) e).getStatus().getReason())
        .isEqualTo("Invalid");
  }

  @Test
  void aPartMayOnlyWhatItsIdentityMay() {
    try (var pod = plane.clientFor(User.serviceAccount("default", "default", "", Map.of()))) {
      assertThatThrownBy(() -> pod.secrets().inNamespace("default").list())
          .hasMessageContaining("forbidden");
    }
  }

  @Test
  void anInformerFollowsStepByStep() {
    try (var informers = new Informers(admin, CLOCK, new Random(1))) {
      var namespaces = informers.of(Namespace.class);
      settle(informers);
      assertThat(namespaces.get(new ObjectKey("", "default"))).isPresent();
      admin.resource(namespace("fresh")).create();
      assertThat(namespaces.get(new ObjectKey("", "fresh"))).isEmpty();
      settle(informers);
      assertThat(namespaces.get(new ObjectKey("", "fresh"))).isPresent();
    }
  }

  @Test
  void aWatchOfTheClientLibraryIsServedToo() throws InterruptedException {
    var seen = new LinkedBlockingQueue<String>();
    try (var client = plane.threadedClientFor(User.admin());
        var _ = client.namespaces().withName("fresh").watch(recorder(seen))) {
      client.resource(namespace("fresh")).create();
      assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("ADDED fresh");
    }
  }

  private void settle(Informers informers) {
    boolean worked;
    do {
      worked = informers.step();
      worked |= plane.step();
    } while (worked);
  }

  private void createConfig(String name, String colour) {
    admin
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .endMetadata()
                .withData(Map.of("colour", colour))
                .build())
        .create();
  }

  private static Namespace namespace(String name) {
    return new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build();
  }

  private static Watcher<Namespace> recorder(Queue<String> seen) {
    return new Watcher<>() {
      @Override
      public void eventReceived(Action action, Namespace object) {
        seen.add(action + " " + object.getMetadata().getName());
      }

      @Override
      public void onClose(WatcherException cause) {
        seen.add("closed");
      }
    };
  }
}
