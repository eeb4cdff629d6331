package io.ordinal.controllers.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.ordinal.controllers.manifests.Manifests;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlicePlanTest {
  private static final String HEADLESS =
      "clusterIP: None, selector: {app: web}, ports: [{name: web, port: 80}]";

  static Service service(String spec) {
    return Manifests.of(
        Service.class,
        "{metadata: {name: nginx, labels: {app: nginx}}, spec: {%s}}".formatted(spec));
  }

  static Pod pod(int ordinal, String ready, String more) {
    return Manifests.of(
        Pod.class,
        """
        metadata: {name: web-%d, labels: {app: web}}
        spec: {hostname: web-%d, subdomain: nginx, nodeName: n1%s, containers: [{name: c, ports: [{name: http, containerPort: 8080}]}]}
        status: {phase: Running, podIP: 10.0.0.%d, podIPs: [{ip: 10.0.0.%d}], conditions: [{type: Ready, status: "%s", lastTransitionTime: "2026-01-01T00:00:00Z"}]}
        """
            .formatted(ordinal, ordinal, more, ordinal, ordinal, ready));
  }

  private static List<Pod> pods(int count) {
    return IntStream.range(0, count).mapToObj(i -> pod(i, "True", "")).toList();
  }

  private static SlicePlan plan(Service service, List<Pod> pods, List<EndpointSlice> existing) {
    return SlicePlan.of(service, pods, _ -> Optional.of("zone-a"), existing);
  }

  /// What there is after a plan was performed.
  private static List<EndpointSlice> after(List<EndpointSlice> existing, SlicePlan plan) {
    List<EndpointSlice> all = new ArrayList<>(existing);
    plan.delete().forEach(d -> all.removeIf(s -> sameName(s, d)));
    plan.update().forEach(u -> all.replaceAll(s -> sameName(s, u) ? u : s));
    for (EndpointSlice fresh : plan.create()) {
      all.add(
          new EndpointSliceBuilder(fresh)
              .editMetadata()
              .withName("nginx-" + System.identityHashCode(fresh))
              .endMetadata()
              .build());
    }
    return all;
  }

  private static boolean sameName(EndpointSlice a, EndpointSlice b) {
    return a.getMetadata().getName().equals(b.getMetadata().getName());
  }

  @Test
  void podsOfASetHaveTheirNamesInTheirService() {
    var slice = plan(service(HEADLESS), pods(1), List.of()).create().getFirst();
    assertThat(slice.getMetadata().getLabels())
        .containsEntry("kubernetes.io/service-name", "nginx")
        .containsEntry("endpointslice.kubernetes.io/managed-by", "endpointslice-controller.k8s.io")
        .containsEntry("service.kubernetes.io/headless", "")
        .containsEntry("app", "nginx");
    assertThat(slice.getMetadata().getOwnerReferences()).hasSize(1);
    Endpoint endpoint = slice.getEndpoints().getFirst();
    assertThat(endpoint.getHostname()).isEqualTo("web-0");
    assertThat(endpoint.getZone()).isEqualTo("zone-a");
    assertThat(endpoint.getTargetRef().getName()).isEqualTo("web-0");
    assertThat(endpoint.getConditions().getReady()).isTrue();
  }

  @Test
  void aPodOfAnotherSubdomainHasNoName() {
    var other = service(HEADLESS);
    other.getMetadata().setName("other");
    assertThat(
            plan(other, pods(1), List.of())
                .create()
                .getFirst()
                .getEndpoints()
                .getFirst()
                .getHostname())
        .isNull();
  }

  @Test
  void readinessIsToldInThreeWords() {
    var notReady = pod(0, "False", "");
    var leaving = pod(1, "True", "");
    leaving.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
    var told = plan(service(HEADLESS), List.of(notReady, leaving), List.of()).create().getFirst();
    assertThat(told.getEndpoints().get(0).getConditions())
        .matches(c -> !c.getReady() && !c.getServing() && !c.getTerminating());
    assertThat(told.getEndpoints().get(1).getConditions())
        .matches(c -> !c.getReady() && c.getServing() && c.getTerminating());
    var published =
        plan(service(HEADLESS + ", publishNotReadyAddresses: true"), List.of(notReady), List.of());
    assertThat(published.create().getFirst().getEndpoints().getFirst().getConditions())
        .matches(c -> c.getReady() && !c.getServing());
  }

  @Test
  void podsThatEndedOrHaveNoAddressAreNoBackends() {
    var ended = pod(0, "False", "");
    ended.getStatus().setPhase("Failed");
    var early = pod(1, "False", "");
    early.getStatus().setPodIP(null);
    var plan = plan(service(HEADLESS), List.of(ended, early), List.of());
    assertThat(plan.create()).singleElement().matches(s -> s.getEndpoints().isEmpty());
  }

  @Test
  void namedPortsAreResolvedPodByPod() {
    var named = "selector: {app: web}, ports: [{name: web, port: 80, targetPort: http}]";
    var other = pod(1, "True", "");
    other.getSpec().getContainers().getFirst().getPorts().getFirst().setContainerPort(9090);
    var plan = plan(service(named), List.of(pod(0, "True", ""), other), List.of());
    assertThat(plan.create())
        .extracting(s -> s.getPorts().getFirst().getPort())
        .containsExactlyInAnyOrder(8080, 9090);
  }

  @Test
  void aHeadlessServiceWithoutPortsHasSlicesWithoutPorts() {
    var plan = plan(service("clusterIP: None, selector: {app: web}"), pods(2), List.of());
    assertThat(plan.create()).singleElement().matches(s -> s.getPorts().isEmpty());
    assertThat(plan.create().getFirst().getEndpoints()).hasSize(2);
  }

  @Test
  void nothingChangesNothing() {
    var slices = after(List.of(), plan(service(HEADLESS), pods(3), List.of()));
    assertThat(plan(service(HEADLESS), pods(3), slices))
        .matches(p -> p.create().isEmpty() && p.update().isEmpty() && p.delete().isEmpty());
  }

  @Test
  void aChangedPodTouchesItsSliceOnly() {
    var all = new ArrayList<>(pods(250));
    var slices = after(List.of(), plan(service(HEADLESS), all, List.of()));
    assertThat(slices).hasSize(3).allMatch(s -> s.getEndpoints().size() <= 100);
    all.set(120, pod(120, "False", ""));
    var plan = plan(service(HEADLESS), all, slices);
    assertThat(plan.update()).hasSize(1);
    assertThat(plan.create()).isEmpty();
  }

  @Test
  void aServiceNobodyAnswersForKeepsOneSlice() {
    var slices = after(List.of(), plan(service(HEADLESS), pods(2), List.of()));
    var emptied = after(slices, plan(service(HEADLESS), List.of(), slices));
    assertThat(emptied).singleElement().matches(s -> s.getEndpoints().isEmpty());
    assertThat(plan(service(HEADLESS), List.of(), emptied).update()).isEmpty();
  }

  /// Whatever comes and goes: every backend once, no slice too large, and a second look is quiet.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void slicesTellExactlyTheBackends(long seed) {
    var random = new Random(seed);
    List<Pod> well = pods(300);
    List<Pod> unwell = IntStream.range(0, 300).mapToObj(i -> pod(i, "False", "")).toList();
    List<EndpointSlice> slices = List.of();
    for (int round = 0; round < 30; round++) {
      int most = random.nextInt(300);
      List<Pod> pods =
          IntStream.range(0, 300)
              .filter(_ -> random.nextInt(300) < most)
              .mapToObj(i -> (random.nextBoolean() ? well : unwell).get(i))
              .toList();
      slices = after(slices, plan(service(HEADLESS), pods, slices));
      assertThat(slices.stream().flatMap(s -> s.getEndpoints().stream()))
          .as("seed %d, round %d", seed, round)
          .extracting(e -> e.getTargetRef().getName())
          .containsExactlyInAnyOrderElementsOf(
              pods.stream().map(p -> p.getMetadata().getName()).toList());
      assertThat(slices).allMatch(s -> s.getEndpoints().size() <= 100);
      assertThat(plan(service(HEADLESS), pods, slices))
          .as("seed %d, round %d", seed, round)
          .matches(p -> p.create().isEmpty() && p.update().isEmpty() && p.delete().isEmpty());
    }
  }
}
