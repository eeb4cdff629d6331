package io.ordinal.server.kinds;

import static io.ordinal.server.registry.Api.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.server.ApiException;
import io.ordinal.server.registry.Api;
import io.ordinal.server.tree.Tree;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// Services: what is allocated for them (contract K, N2).
class ServiceTest {
  private static final String SERVICES = "/api/v1/namespaces/default/services";
  private final Api api = new Api();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void aServiceGetsAnAddress() {
    var service = api.post(SERVICES, service("a", "'ports':[{'port':80}]"));
    assertThat(at(service, "spec.clusterIP")).startsWith("10.96.0.");
    assertThat(at(service, "spec.clusterIPs"))
        .isEqualTo("[\"" + at(service, "spec.clusterIP") + "\"]");
    assertThat(at(service, "spec.type")).isEqualTo("ClusterIP");
    assertThat(at(service, "spec.sessionAffinity")).isEqualTo("None");
    assertThat(at(service, "spec.ipFamilies")).isEqualTo("[\"IPv4\"]");
    assertThat(at(service, "spec.ipFamilyPolicy")).isEqualTo("SingleStack");
    assertThat(at(service, "spec.internalTrafficPolicy")).isEqualTo("Cluster");
    var port = Tree.objects(service, "spec", "ports").getFirst();
    assertThat(at(port, "protocol")).isEqualTo("TCP");
    assertThat(at(port, "targetPort")).isEqualTo("80");
    assertThat(at(service, "status.loadBalancer")).isEqualTo("{}");
  }

  @Test
  void theApiServersServiceHasTheFirstAddress() {
    assertThat(at(api.get(SERVICES + "/kubernetes"), "spec.clusterIP")).isEqualTo("10.96.0.1");
  }

  @Test
  void aHeadlessServiceHasNone() {
    var service = api.post(SERVICES, service("a", "'clusterIP':'None','ports':[{'port':80}]"));
    assertThat(at(service, "spec.clusterIPs")).isEqualTo("[\"None\"]");
  }

  @Test
  void anAddressIsGivenOnce() {
    api.post(SERVICES, service("a", "'clusterIP':'10.96.0.10','ports':[{'port':80}]"));
    var status =
        Api.refusal(() ->
            api.post(SERVICES, service("b", "'clusterIP':'10.96.0.10','ports':[{'port':80}]")));
    assertThat(status.code()).isEqualTo(422);
    assertThat(status.message())
        .isEqualTo(
            "Service \"b\" is invalid: spec.clusterIPs: Invalid value: [\"10.96.0.10\"]: failed to allocate IP 10.96.0.10: provided IP is already allocated");
    assertThat(
            Api.refusal(() ->
                    api.post(
                        SERVICES, service("b", "'clusterIP':'10.97.0.10','ports':[{'port':80}]")))
                .code())
        .isEqualTo(422);
    api.delete(SERVICES + "/a");
    assertThat(
            at(
                api.post(SERVICES, service("b", "'clusterIP':'10.96.0.10','ports':[{'port':80}]")),
                "spec.clusterIP"))
        .isEqualTo("10.96.0.10");
  }

  @Test
  void addressesAreKnownAgainAfterARestart() {
    var taken = at(api.post(SERVICES, service("a", "'ports':[{'port':80}]")), "spec.clusterIP");
    var restarted = new Api(api.store, 2);
    var status =
        Api.refusal(() ->
            restarted.post(
                SERVICES, service("b", "'clusterIP':'" + taken + "','ports':[{'port':80}]")));
    assertThat(status.code()).isEqualTo(422);
  }

  @Test
  void aRefusedOrDryCreationTakesNothing() {
    api.post(
        SERVICES + "?dryRun=All", service("a", "'clusterIP':'10.96.0.10','ports':[{'port':80}]"));
    api.post(SERVICES, service("a", "'ports':[{'port':80}]"));
    Api.refusal(
        () -> api.post(SERVICES, service("a", "'clusterIP':'10.96.0.10','ports':[{'port':80}]")));
    assertThat(
            at(
                api.post(SERVICES, service("b", "'clusterIP':'10.96.0.10','ports':[{'port':80}]")),
                "spec.clusterIP"))
        .isEqualTo("10.96.0.10");
  }

  @Test
  void whatWasAllocatedIsCarriedOver() {
    var service =
        api.post(SERVICES, service("a", "'type':'NodePort','ports':[{'port':80,'name':'x'}]"));
    var again =
        api.put(
            SERVICES + "/a", service("a", "'type':'NodePort','ports':[{'port':81,'name':'x'}]"));
    assertThat(at(again, "spec.clusterIP")).isEqualTo(at(service, "spec.clusterIP"));
    assertThat(nodePort(again)).isEqualTo(nodePort(service)).isBetween(30_000L, 32_767L);
    var status =
        Api.refusal(() ->
            api.merge(
                SERVICES + "/a", "{'spec':{'clusterIP':'10.96.0.9','clusterIPs':['10.96.0.9']}}"));
    assertThat(status.code()).isEqualTo(422);
    assertThat(status.message())
        .contains("spec.clusterIPs[0]: Invalid value:", "may not change once set");
  }

  @Test
  void aNodePortIsGivenOnce() {
    api.post(SERVICES, service("a", "'type':'NodePort','ports':[{'port':80,'nodePort':30080}]"));
    var status =
        Api.refusal(() ->
            api.post(
                SERVICES,
                service("b", "'type':'NodePort','ports':[{'port':80,'nodePort':30080}]")));
    assertThat(status.message())
        .isEqualTo(
            "Service \"b\" is invalid: spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated");
    assertThat(
            Api.refusal(() ->
                    api.post(
                        SERVICES,
                        service("b", "'type':'NodePort','ports':[{'port':80,'nodePort':80}]")))
                .message())
        .contains("The range of valid ports is 30000-32767");
    api.merge(SERVICES + "/a", "{'spec':{'type':'ClusterIP','ports':[{'port':80}]}}");
    assertThat(
            nodePort(
                api.post(
                    SERVICES,
                    service("b", "'type':'NodePort','ports':[{'port':80,'nodePort':30080}]"))))
        .isEqualTo(30_080);
  }

  @Test
  void anExternalNameGivesItsAddressBack() {
    var address = at(api.post(SERVICES, service("a", "'ports':[{'port':80}]")), "spec.clusterIP");
    var external =
        api.merge(
            SERVICES + "/a",
            "{'spec':{'type':'ExternalName','externalName':'example.com','clusterIP':null,'clusterIPs':null}}");
    assertThat(at(external, "spec.clusterIP")).isEmpty();
    assertThat(
            at(
                api.post(
                    SERVICES, service("b", "'clusterIP':'" + address + "','ports':[{'port':80}]")),
                "spec.clusterIP"))
        .isEqualTo(address);
  }

  @Test
  void manyCreatorsNeverGetOneAddress() throws InterruptedException {
    Set<String> given = ConcurrentHashMap.newKeySet();
    var refused = new AtomicInteger();
    try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < 64; i++) {
        writers.execute(() -> {
          for (var j = 0; j < 8; j++) {
            try {
              var service =
                  api.post(
                      SERVICES,
                      "{'metadata':{'generateName':'s-'},'spec':{'ports':[{'port':80}]}}");
              if (!given.add(at(service, "spec.clusterIP"))) given.add("twice");
            } catch (ApiException e) {
              if (e.status().message().contains("range is full")) refused.incrementAndGet();
            }
          }
        });
      }
    }
    assertThat(given).doesNotContain("twice").hasSize(253);
    assertThat(refused).hasValue(64 * 8 - 253);
    var stored = new HashSet<String>();
    api.list(SERVICES).forEach(service -> stored.add(at(service, "spec.clusterIP")));
    assertThat(stored).hasSize(254);
  }

  private static long nodePort(ObjectNode service) {
    return Tree.number(0, Tree.objects(service, "spec", "ports").getFirst(), "nodePort");
  }

  private static String service(String name, String spec) {
    return "{'metadata':{'name':'" + name + "'},'spec':{" + spec + "}}";
  }
}
