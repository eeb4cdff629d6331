package io.ordinal.node.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.ordinal.node.machine.Command;
import io.ordinal.node.machine.Ipv4;
import io.ordinal.node.machine.Kernel;
import io.ordinal.node.network.RealMachine.Running;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The whole network with real containers: three pods on two logical nodes.
@Tag("containers")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodeNetworkTest {
  private final RealMachine machine;
  private final Running web0;
  private final Running web1;
  private final Running client;

  NodeNetworkTest(@TempDir Path folder) throws IOException, InterruptedException {
    machine = new RealMachine(folder);
    web0 = machine.run("web-0", "node-1", List.of());
    web1 = machine.run("web-1", "node-2", List.of());
    client = machine.run("client", "node-1", List.of("sleep", "3600"));
  }

  @AfterAll
  void nothingIsLeft() throws IOException {
    machine.close();
    var layout = machine.layout;
    assertThat(Kernel.mountsBelow(layout.footprint().dataFolder())).isEmpty();
    assertThat(Files.exists(Path.of("/sys/class/net", layout.nodes().getFirst().bridge())))
        .isFalse();
    assertThat(Command.of("nft", "list", "tables").must(""))
        .doesNotContain(layout.footprint().table());
    for (var hierarchy : Kernel.cgroupHierarchies()) {
      assertThat(hierarchy.resolve(layout.footprint().cgroup().substring(1))).doesNotExist();
    }
  }

  @Test
  void podsOfTwoNodesReachEachOther() {
    assertThat(web0.address())
        .startsWith("10." + (machine.layout.pods().first().toString().split("\\.", -1)[1]) + ".1.");
    assertThat(wget(client, web1.address())).contains("standing in for nginx");
    assertThat(wget(client, web0.address())).contains("standing in for nginx");
  }

  @Test
  void aServiceAnswersPodsAndTheMachine() throws IOException {
    var address =
        serve(
            "web",
            20,
            "None",
            Some.endpoint(web0.address(), "node-1"),
            Some.endpoint(web1.address(), "node-2"));
    for (var i = 0; i < 10; i++) {
      assertThat(wget(client, address.toString())).contains("It works");
    }
    assertThat(fetch("http://" + address)).contains("It works");
    assertThat(wget(client, "web.default.svc.cluster.local")).contains("It works");
  }

  @Test
  void aPodReachesItselfThroughItsService() throws IOException {
    var address = serve("hairpin", 21, "None", Some.endpoint(web0.address(), "node-1")).toString();
    assertThat(wget(web0, address)).contains("It works");
    assertThat(wget(client, address)).as("a neighbour on the bridge").contains("It works");
  }

  @Test
  void aServiceWithoutEndpointsRefusesAtOnce() throws IOException {
    var address = serve("empty", 22, "None");
    assertThat(wget(client, address.toString())).contains("refused");
    assertThatThrownBy(() -> fetch("http://" + address)).isInstanceOf(ConnectException.class);
  }

  @Test
  void stickyClientsStayWithTheirEndpoint() throws IOException {
    var address =
        serve(
                "sticky",
                23,
                "ClientIP",
                Some.endpoint(web0.address(), "node-1"),
                Some.endpoint("10.255.255.1", "node-2"))
            .toString();
    var first = wget(client, address).contains("It works");
    for (var i = 0; i < 4; i++) {
      assertThat(wget(client, address).contains("It works")).isEqualTo(first);
    }
  }

  @Test
  void nodePortsAnswerOnNodeAddressesAndLoopback() throws IOException {
    var port = 30_000 + machine.layout.footprint().pick(2000);
    var service =
        Some.service("nodeport", machine.layout.services().address(24).toString(), "http", 80);
    machine.services.apply(
        service
            .edit()
            .editSpec()
            .withType("NodePort")
            .editFirstPort()
            .withNodePort(port)
            .endPort()
            .endSpec()
            .build());
    machine.slices.apply(
        Some.slice("nodeport", "http", 80, List.of(Some.endpoint(web1.address(), "node-2"))));
    machine.proxy.step();
    for (var node : machine.layout.nodes()) {
      assertThat(fetch("http://" + node.address() + ":" + port)).contains("It works");
      assertThat(wget(client, node.address() + ":" + port)).contains("It works");
    }
    assertThat(fetch("http://127.0.0.1:" + port)).contains("It works");
  }

  @Test
  void aHostPortIsBoundToItsNodesAddress() throws IOException {
    var node = machine.layout.nodes().get(1);
    var url = "http://" + node.address() + ":8181";
    machine.proxy.setHostPorts(
        "uid", HostPorts.of(podWithHostPort(), node, List.of(web1.address())));
    machine.proxy.step();
    assertThat(fetch(url)).contains("It works");
    assertThat(wget(web1, node.address() + ":8181")).as("itself").contains("It works");
    assertThatThrownBy(() -> fetch("http://" + machine.layout.nodes().get(0).address() + ":8181"))
        .isInstanceOf(ConnectException.class);
    machine.proxy.setHostPorts("uid", RuleSet.EMPTY);
    machine.proxy.step();
    assertThatThrownBy(() -> fetch(url)).isInstanceOf(ConnectException.class);
  }

  @Test
  void podsFindEachOtherByName() throws IOException {
    machine.services.apply(Some.service("nginx", "None", "web", 80));
    machine.slices.apply(
        Some.slice(
            "nginx",
            "web",
            80,
            List.of(
                Some.named(web0.address(), "node-1", "web-0"),
                Some.named(web1.address(), "node-2", "web-1"))));
    assertThat(machine.in(client, "nslookup", "web-1.nginx.default.svc.cluster.local"))
        .contains(web1.address());
    assertThat(machine.in(client, "nslookup", "web-7.nginx.default.svc.cluster.local"))
        .contains("NXDOMAIN");
    assertThat(wget(client, "web-0.nginx")).as("by the search path").contains("It works");
  }

  @Test
  void aStaleUdpConnectionIsForgotten() throws IOException {
    machine.in(client, "nslookup", "kubernetes.default.svc.cluster.local");
    var frontend = new Frontend(machine.layout.dnsClusterIp(), Protocol.UDP, 53);
    var dns =
        ServiceRules.of(
            machine.layout,
            machine.services.list("kube-system").getFirst(),
            machine.slices.list("kube-system"));
    try (var tracking = ConnectionTracking.open()) {
      assertThat(tracking.udp()).anyMatch(each -> each.frontend().equals(frontend));
      new KernelUdpConnections().forget(dns, RuleSet.EMPTY);
      assertThat(tracking.udp()).noneMatch(each -> each.frontend().equals(frontend));
    }
  }

  @Test
  void aRestartOfContainerdRestartsNoPodAndKeepsItsAddress() throws Exception {
    var before = machine.containerd.process();
    before.handle().orElseThrow().destroyForcibly();
    while (machine.containerd.process().equals(before)) {
      Thread.onSpinWait();
    }
    assertThat(
            machine.containerd.await(
                () -> machine.runtime.health().runtimeReady(), Duration.ofSeconds(20)))
        .isTrue();
    assertThat(machine.runtime.sandbox(web0.sandbox()).orElseThrow().ips())
        .containsExactly(web0.address());
    assertThat(wget(client, web0.address())).contains("It works");
  }

  @Test
  void theStandInStopsAtOnceWhenAsked() {
    var pod = machine.run("stops", "node-2", List.of());
    assertThat(wget(client, pod.address())).contains("It works");
    var start = System.nanoTime();
    machine.runtime.stopContainer(pod.container(), Duration.ofSeconds(30));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    machine.runtime.stopSandbox(pod.sandbox());
    machine.runtime.removeSandbox(pod.sandbox());
  }

  private static Pod podWithHostPort() {
    return new PodBuilder()
        .withNewMetadata()
        .withName("p")
        .withUid("uid")
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .addNewPort()
        .withContainerPort(80)
        .withHostPort(8181)
        .endPort()
        .endContainer()
        .endSpec()
        .build();
  }

  private Ipv4 serve(String name, int host, String affinity, Endpoint... endpoints)
      throws IOException {
    var address = machine.layout.services().address(host);
    var service = Some.service(name, address.toString(), "http", 80);
    machine.services.apply(
        service.edit().editSpec().withSessionAffinity(affinity).endSpec().build());
    machine.slices.apply(Some.slice(name, "http", 80, List.of(endpoints)));
    machine.proxy.step();
    return address;
  }

  private String wget(Running pod, String host) {
    return machine.in(pod, "wget", "-qO-", "http://" + host);
  }

  private static String fetch(String address) throws IOException {
    var connection = URI.create(address).toURL().openConnection();
    connection.setConnectTimeout(3000);
    connection.setReadTimeout(3000);
    try (var in = connection.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
