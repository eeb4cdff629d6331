package io.ordinal.node.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.ordinal.kube.Informer;
import io.ordinal.node.machine.Ipv4;
import io.ordinal.node.machine.NodeLink;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostPortsTest {
  private final NodeLink one = Some.layout().nodes().get(0);
  private final NodeLink two = Some.layout().nodes().get(1);
  private final List<String> told = new ArrayList<>();
  private final MachinePorts ports =
      new MachinePorts(
          new ServiceProxy(
              Some.layout(),
              new ServiceInformers(
                  new Informer<>(Service.class), new Informer<>(EndpointSlice.class), () -> true),
              new Nft(),
              (_, _) -> {}),
          (about, _, reason, message) -> told.add(about.getName() + " " + reason + " " + message));

  @Test
  void aHostPortIsTheNodesUnlessThePodNamesAnAddress() {
    var here = HostPorts.of(pod("p", false, port(80, 8080, "")), one, List.of("10.1.1.5"));
    assertThat(here.hostPorts())
        .containsEntry(
            new Frontend(one.address(), Protocol.TCP, 8080),
            new Backend(Ipv4.parse("10.1.1.5"), 80));
    assertThat(here.hairpins()).containsExactly(Ipv4.parse("10.1.1.5"));
    var named =
        HostPorts.of(pod("p", false, port(80, 8080, "127.0.0.1")), one, List.of("10.1.1.5"));
    assertThat(named.hostPorts())
        .containsOnlyKeys(new Frontend(Ipv4.parse("127.0.0.1"), Protocol.TCP, 8080));
  }

  @Test
  void portsWithoutAHostPortAndHostNetworkNeedNoRule() {
    assertThat(HostPorts.of(pod("p", false, port(80, 0, "")), one, List.of("10.1.1.5")))
        .isEqualTo(RuleSet.EMPTY);
    assertThat(HostPorts.of(pod("p", true, port(80, 80, "")), one, List.of("10.1.0.1")))
        .isEqualTo(RuleSet.EMPTY);
  }

  @Test
  void twoHostNetworkPodsOnOnePortClashAcrossNodes() {
    ports.attached(pod("first", true, port(80, 80, "")), one, List.of(one.address().toString()));
    ports.attached(pod("second", true, port(80, 80, "")), two, List.of(two.address().toString()));
    assertThat(told)
        .singleElement()
        .asString()
        .startsWith("second HostPortConflict Port 80/TCP")
        .contains("default/first on node node-1");
    ports.attached(pod("second", true, port(80, 80, "")), two, List.of(two.address().toString()));
    assertThat(told).as("told once").hasSize(1);
  }

  @Test
  void theSamePodOnTwoNodesHasTwoAddresses() {
    ports.attached(pod("first", false, port(80, 8080, "")), one, List.of("10.1.1.5"));
    ports.attached(pod("second", false, port(80, 8080, "")), two, List.of("10.1.2.5"));
    ports.attached(pod("third", true, port(81, 81, "")), two, List.of(two.address().toString()));
    assertThat(told).isEmpty();
  }

  private static ContainerPort port(int container, int host, String address) {
    return new ContainerPortBuilder()
        .withContainerPort(container)
        .withHostPort(host == 0 ? null : host)
        .withHostIP(address.isEmpty() ? null : address)
        .build();
  }

  private static Pod pod(String name, boolean hostNetwork, ContainerPort port) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace("default")
        .withName(name)
        .withUid("uid-" + name)
        .endMetadata()
        .withNewSpec()
        .withHostNetwork(hostNetwork)
        .addNewContainer()
        .withPorts(port)
        .endContainer()
        .endSpec()
        .build();
  }
}
