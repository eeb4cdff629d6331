package io.ordinal.node.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.ordinal.node.machine.Ipv4;
import io.ordinal.node.machine.NetworkLayout;
import io.ordinal.node.network.VirtualPacket.Fate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ServiceRulesTest {
  private static final String VIP = "10.2.0.5";
  private static final String POD = "10.1.1.9";
  private static final Endpoint ONE = Some.endpoint("10.1.1.2", "node-1");
  private static final Endpoint TWO = Some.endpoint("10.1.2.2", "node-2");

  private final NetworkLayout layout = Some.layout();

  @Test
  void aClusterIpLeadsToEveryReadyEndpoint() {
    var rules = rules(clusterIp(), ONE, TWO);
    assertThat(VirtualPacket.fromPod(POD, VIP, 80).walk(rules))
        .isEqualTo(to("10.1.1.2", "10.1.2.2"));
    assertThat(VirtualPacket.fromMachine(VIP, 80).walk(rules))
        .isEqualTo(to("10.1.1.2", "10.1.2.2"));
    assertThat(VirtualPacket.fromPod(POD, VIP, 81).walk(rules)).isEqualTo(new Fate.Untouched());
  }

  @Test
  void aPodThatReachesItselfIsMasqueraded() {
    var rules = rules(clusterIp(), ONE);
    assertThat(VirtualPacket.fromPod("10.1.1.2", VIP, 80).walk(rules))
        .isEqualTo(masqueradedTo("10.1.1.2"));
    assertThat(VirtualPacket.fromPod(POD, VIP, 80).walk(rules)).isEqualTo(to("10.1.1.2"));
  }

  @Test
  void withoutEndpointsEveryFrontendRefuses() {
    var rules = rules(nodePort("Cluster"));
    for (var address : List.of(VIP, "192.0.2.7")) {
      assertThat(VirtualPacket.fromPod(POD, address, 80).walk(rules))
          .as(address)
          .isEqualTo(new Fate.Refused());
    }
    for (var address : List.of("10.1.0.1", "10.1.0.2", "127.0.0.1")) {
      assertThat(VirtualPacket.fromMachine(address, 30080).walk(rules))
          .as(address)
          .isEqualTo(new Fate.Refused());
    }
  }

  @Test
  void endpointsThatLeaveServeWhenNobodyElseIsReady() {
    var leaving = Some.leaving("10.1.1.3", "node-1", true);
    var gone = Some.leaving("10.1.1.4", "node-1", false);
    assertThat(VirtualPacket.fromPod(POD, VIP, 80).walk(rules(clusterIp(), ONE, leaving, gone)))
        .isEqualTo(to("10.1.1.2"));
    assertThat(VirtualPacket.fromPod(POD, VIP, 80).walk(rules(clusterIp(), leaving, gone)))
        .isEqualTo(to("10.1.1.3"));
    assertThat(VirtualPacket.fromPod(POD, VIP, 80).walk(rules(clusterIp(), gone)))
        .isEqualTo(new Fate.Refused());
  }

  @Test
  void aNodePortIsOnEveryNodeAndHidesTheClient() {
    var rules = rules(nodePort("Cluster"), ONE, TWO);
    for (var address : List.of("10.1.0.1", "10.1.0.2", "127.0.0.1")) {
      assertThat(VirtualPacket.fromMachine(address, 30080).walk(rules))
          .as(address)
          .isEqualTo(masqueradedTo("10.1.1.2", "10.1.2.2"));
    }
    assertThat(VirtualPacket.fromPod("198.51.100.1", "10.1.0.1", 30080).walk(rules))
        .isEqualTo(masqueradedTo("10.1.1.2", "10.1.2.2"));
    assertThat(VirtualPacket.fromPod("198.51.100.1", "192.0.2.7", 80).walk(rules))
        .as("external address")
        .isEqualTo(masqueradedTo("10.1.1.2", "10.1.2.2"));
  }

  @Test
  void externalPolicyLocalKeepsTheClientAndTheNode() {
    var rules = rules(nodePort("Local"), TWO);
    assertThat(VirtualPacket.fromPod("198.51.100.1", "10.1.0.2", 30080).walk(rules))
        .isEqualTo(to("10.1.2.2"));
    assertThat(VirtualPacket.fromPod("198.51.100.1", "10.1.0.1", 30080).walk(rules))
        .isEqualTo(new Fate.Dropped());
    assertThat(VirtualPacket.fromPod(POD, "10.1.0.1", 30080).walk(rules))
        .as("pods are inside")
        .isEqualTo(to("10.1.2.2"));
    assertThat(VirtualPacket.fromMachine("10.1.0.1", 30080).walk(rules))
        .as("so is the machine")
        .isEqualTo(to("10.1.2.2"));
    var loopback = Ipv4.parse("127.0.0.1");
    var fromLoopback =
        new VirtualPacket(loopback, new Frontend(loopback, Protocol.TCP, 30080), true);
    assertThat(fromLoopback.walk(rules))
        .as("a pod could not answer 127.0.0.1")
        .isEqualTo(masqueradedTo("10.1.2.2"));
  }

  @Test
  void internalPolicyLocalStaysOnTheClientsNode() {
    var service =
        clusterIp().edit().editSpec().withInternalTrafficPolicy("Local").endSpec().build();
    var rules = rules(service, ONE);
    assertThat(VirtualPacket.fromPod(POD, VIP, 80).walk(rules)).isEqualTo(to("10.1.1.2"));
    assertThat(VirtualPacket.fromPod("10.1.2.9", VIP, 80).walk(rules))
        .isEqualTo(new Fate.Dropped());
    assertThat(VirtualPacket.fromMachine(VIP, 80).walk(rules)).isEqualTo(to("10.1.1.2"));
  }

  @Test
  void aRememberedClientGoesWhereItWent() {
    var service =
        clusterIp()
            .edit()
            .editSpec()
            .withSessionAffinity("ClientIP")
            .withNewSessionAffinityConfig()
            .withNewClientIP(60)
            .endSessionAffinityConfig()
            .endSpec()
            .build();
    var rules = rules(service, ONE, TWO);
    assertThat(rules.memories())
        .hasSize(2)
        .allSatisfy((_, time) -> assertThat(time).isEqualTo(Duration.ofMinutes(1)));
    assertThat(VirtualPacket.fromPod(POD, VIP, 80).walk(rules))
        .isEqualTo(to("10.1.1.2", "10.1.2.2"));
    for (var set : rules.memories().keySet()) {
      var fate =
          VirtualPacket.fromPod(POD, VIP, 80).walk(rules, Map.of(set, Set.of(Ipv4.parse(POD))));
      assertThat(fate).isEqualTo(set.contains("10.1.1.2") ? to("10.1.1.2") : to("10.1.2.2"));
    }
  }

  @Test
  void someServicesAreNotOurs() {
    assertThat(rules(Some.service("s", "None", "http", 80), ONE)).isEqualTo(RuleSet.EMPTY);
    assertThat(rules(clusterIp().edit().editSpec().withType("ExternalName").endSpec().build(), ONE))
        .isEqualTo(RuleSet.EMPTY);
    assertThat(
            rules(
                clusterIp()
                    .edit()
                    .editMetadata()
                    .addToLabels("service.kubernetes.io/service-proxy-name", "x")
                    .endMetadata()
                    .build(),
                ONE))
        .isEqualTo(RuleSet.EMPTY);
  }

  @Test
  void ofTwoServicesThatClaimOneAddressTheFirstHasIt() {
    var first = rules(nodePort("Cluster"), ONE);
    var second =
        rules(
            nodePort("Cluster").edit().editMetadata().withName("other").endMetadata().build(), TWO);
    var both = RuleSet.merge(List.of(first, second));
    assertThat(VirtualPacket.fromPod(POD, "192.0.2.7", 80).walk(both))
        .isEqualTo(masqueradedTo("10.1.1.2"));
  }

  @Test
  void aPortThatNobodyServesIsRefusedWhileItsNeighbourAnswers() {
    var service =
        clusterIp()
            .edit()
            .editSpec()
            .addNewPort()
            .withName("admin")
            .withProtocol("TCP")
            .withPort(81)
            .endPort()
            .endSpec()
            .build();
    var rules = rules(service, ONE);
    assertThat(VirtualPacket.fromPod(POD, VIP, 80).walk(rules)).isEqualTo(to("10.1.1.2"));
    assertThat(VirtualPacket.fromPod(POD, VIP, 81).walk(rules)).isEqualTo(new Fate.Refused());
  }

  private RuleSet rules(Service service, Endpoint... endpoints) {
    return ServiceRules.of(
        layout,
        service,
        List.of(Some.slice(service.getMetadata().getName(), "http", 8080, List.of(endpoints))));
  }

  private static Service clusterIp() {
    return Some.service("web", VIP, "http", 80);
  }

  private static Service nodePort(String externalPolicy) {
    return clusterIp()
        .edit()
        .editSpec()
        .withType("NodePort")
        .withExternalTrafficPolicy(externalPolicy)
        .withExternalIPs("192.0.2.7")
        .editFirstPort()
        .withNodePort(30080)
        .endPort()
        .endSpec()
        .build();
  }

  private static Fate to(String... addresses) {
    return delivered(false, addresses);
  }

  private static Fate masqueradedTo(String... addresses) {
    return delivered(true, addresses);
  }

  private static Fate delivered(boolean masqueraded, String... addresses) {
    var all = new TreeSet<Backend>();
    for (var address : addresses) {
      all.add(new Backend(Ipv4.parse(address), 8080));
    }
    return new Fate.Delivered(all, masqueraded);
  }
}
