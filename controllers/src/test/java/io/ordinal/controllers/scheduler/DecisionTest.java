package io.ordinal.controllers.scheduler;

import static io.ordinal.controllers.manifests.Manifests.claim;
import static io.ordinal.controllers.manifests.Manifests.node;
import static io.ordinal.controllers.manifests.Manifests.pod;
import static io.ordinal.controllers.manifests.Manifests.storageClass;
import static io.ordinal.controllers.manifests.Manifests.volume;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.ordinal.controllers.manifests.Manifests;
import io.ordinal.controllers.scheduler.Decision.Nowhere;
import io.ordinal.controllers.scheduler.Decision.Place;
import io.ordinal.controllers.scheduler.PodVolumes.Settlement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionTest {
  private static final String NOT_HELPFUL = " Preemption is not helpful for scheduling.";

  private final List<NodeInfo> nodes = new ArrayList<>();
  private KnownStorage storage = KnownStorage.NONE;

  private void given(Node... those) {
    Arrays.stream(those).map(NodeInfo::new).forEach(nodes::add);
  }

  private void running(int node, Pod pod) {
    nodes.get(node).add(Needs.of(pod));
  }

  private Decision decide(Pod pod) {
    var world = new Decision.World(nodes, storage, Set.of(), _ -> Map.of());
    return Decision.on(world, Needs.of(pod), new Random(1));
  }

  private String refusal(Pod pod) {
    assertThat(decide(pod)).isInstanceOf(Nowhere.class);
    return ((Nowhere) decide(pod)).message();
  }

  private String place(Pod pod) {
    var decision = decide(pod);
    assertThat(decision).isInstanceOf(Place.class);
    return ((Place) decision).node();
  }

  private static Pod asking(String name, String cpu) {
    return pod(
        name,
        "containers: [{name: c, image: i, resources: {requests: {cpu: '%s'}}}]".formatted(cpu));
  }

  @Test
  void withoutAnyNodeItSaysSo() {
    assertThat(refusal(pod("a", ""))).isEqualTo("no nodes available to schedule pods");
  }

  @Test
  void reasonsAreCountedByNode() {
    given(
        node("n1"),
        node("n2", "", "taints: [{key: dedicated, value: db, effect: NoSchedule}]"),
        node("n3", "", "taints: [{key: dedicated, value: db, effect: NoExecute}]"));
    running(0, asking("other", "3500m"));
    assertThat(refusal(asking("a", "1")))
        .isEqualTo(
            "0/3 nodes are available: 1 Insufficient cpu, 2 node(s) had untolerated taint(s)."
                + " preemption: 0/3 nodes are available: 1 No preemption victims found for incoming"
                + " pod, 2 Preemption is not helpful for scheduling.");
  }

  @Test
  void whatNoNodeCouldEverGiveIsNotHelpedByPreemption() {
    given(node("n1"));
    assertThat(refusal(asking("a", "5")))
        .isEqualTo(
            "0/1 nodes are available: 1 Insufficient cpu. preemption: 0/1 nodes are available: 1"
                + NOT_HELPFUL);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "unschedulable: true | '' | node(s) were unschedulable",
        "'' | 'nodeName: n2' | node(s) didn't match the requested node name",
        "'' | 'nodeSelector: {disk: ssd}' | node(s) didn't match Pod's node affinity/selector",
        "'' | 'affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: zone, operator: In, values: [a]}]}]}}}' | node(s) didn't match Pod's node affinity/selector",
        "'taints: [{key: k, effect: NoSchedule}]' | 'tolerations: [{key: other, operator: Exists}]' | node(s) had untolerated taint(s)",
      })
  void aNodeIsRefusedFor(String nodeSpec, String podSpec, String reason) {
    given(node("n1", "", nodeSpec));
    assertThat(refusal(pod("a", podSpec))).contains("1 " + reason + ".").contains(NOT_HELPFUL);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "unschedulable: true | 'tolerations: [{key: node.kubernetes.io/unschedulable, operator: Exists}]'",
        "'taints: [{key: k, value: v, effect: NoSchedule}]' | 'tolerations: [{key: k, value: v}]'",
        "'taints: [{key: k, effect: NoExecute}]' | 'tolerations: [{operator: Exists}]'",
        "'taints: [{key: k, effect: PreferNoSchedule}]' | ''",
        "'' | 'affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchFields: [{key: metadata.name, operator: In, values: [n1]}]}]}}}'",
      })
  void aNodeDoes(String nodeSpec, String podSpec) {
    given(node("n1", "", nodeSpec));
    assertThat(place(pod("a", podSpec))).isEqualTo("n1");
  }

  @Test
  void aHostPortIsHadOnce() {
    given(node("n1"), node("n2"));
    var wants = "containers: [{name: c, image: i, ports: [{containerPort: 80, hostPort: 8080%s}]}]";
    running(0, pod("other", wants.formatted("")));
    assertThat(place(pod("a", wants.formatted(", hostIP: 127.0.0.1")))).isEqualTo("n2");
    running(1, pod("second", wants.formatted("")));
    assertThat(refusal(pod("a", wants.formatted(""))))
        .contains("2 node(s) didn't have free ports for the requested pod ports");
    assertThat(decide(pod("udp", wants.formatted(", protocol: UDP")))).isInstanceOf(Place.class);
  }

  @Test
  void initContainersAndSidecarsCountAtTheirHungriest() {
    var needs =
        Resources.requestedBy(
            pod(
                "a",
                "initContainers: [{name: s, restartPolicy: Always, resources: {requests: {cpu: 100m}}},"
                    + " {name: i, resources: {requests: {cpu: '2'}}}], containers: [{name: c,"
                    + " resources: {requests: {cpu: '1'}}}], overhead: {cpu: 50m}"));
    assertThat(needs.milliCpu()).isEqualTo(2150);
  }

  private static Pod ofSet(int ordinal) {
    return Manifests.of(
        Pod.class,
        """
        metadata:
          name: web-%d
          ownerReferences: [{apiVersion: apps/v1, kind: StatefulSet, name: web, uid: s, controller: true}]
        spec: {containers: [{name: c}]}
        """
            .formatted(ordinal));
  }

  @Test
  void podsOfOneSetGoToDifferentNodes() {
    given(node("n1"), node("n2"), node("n3"));
    for (int i = 0; i < 3; i++) {
      var pod = ofSet(i);
      var chosen = place(pod);
      nodes.stream().filter(n -> n.name().equals(chosen)).forEach(n -> n.add(Needs.of(pod)));
    }
    assertThat(nodes).allMatch(n -> n.podsOf("s") == 1);
  }

  @Test
  void preferredNodesWin() {
    given(node("n1"), node("n2", "disk: ssd", ""), node("n3"));
    var prefers =
        "affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 10,"
            + " preference: {matchExpressions: [{key: disk, operator: In, values: [ssd]}]}}]}}";
    assertThat(place(pod("a", prefers))).isEqualTo("n2");
  }

  private static final String BESIDE_WEB =
      "requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: kubernetes.io/hostname,"
          + " labelSelector: {matchLabels: {app: web}}}]";

  @Test
  void requiredCompanyDrawsAndRefusedCompanyRepels() {
    given(node("n1"), node("n2"));
    running(1, pod("first", ""));
    assertThat(place(pod("a", "affinity: {podAffinity: {%s}}".formatted(BESIDE_WEB))))
        .isEqualTo("n2");
    var loner = "affinity: {podAntiAffinity: {%s}}".formatted(BESIDE_WEB);
    assertThat(place(pod("b", loner))).isEqualTo("n1");
    running(0, pod("b", loner));
    assertThat(refusal(pod("c", loner))).contains("2 node(s) didn't match pod anti-affinity rules");
    assertThat(place(pod("d", ""))).as("those already there refuse newcomers too").isEqualTo("n2");
  }

  @Test
  void theFirstOfPodsThatWantEachOtherMayGoAnywhere() {
    given(node("n1"));
    assertThat(place(pod("a", "affinity: {podAffinity: {%s}}".formatted(BESIDE_WEB))))
        .isEqualTo("n1");
  }

  @Test
  void strictSpreadHolds() {
    given(node("n1", "zone: a", ""), node("n2", "zone: b", ""), node("n3", "", ""));
    running(0, pod("first", ""));
    var spread =
        "topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable:"
            + " DoNotSchedule, labelSelector: {matchLabels: {app: web}}}]";
    assertThat(place(pod("a", spread))).isEqualTo("n2");
  }

  @Test
  void aMissingClaimIsTold() {
    given(node("n1"));
    var uses = "volumes: [{name: d, persistentVolumeClaim: {claimName: data}}]";
    assertThat(refusal(pod("a", uses)))
        .isEqualTo(
            "0/1 nodes are available: persistentvolumeclaim \"data\" not found. preemption: 0/1"
                + " nodes are available: 1"
                + NOT_HELPFUL);
  }

  @Test
  void aBoundClaimDrawsThePodToItsVolume() {
    given(node("n1"), node("n2"));
    storage =
        new KnownStorage(
            List.of(
                claim(
                    "data",
                    "annotations: {pv.kubernetes.io/bind-completed: 'yes'}",
                    "volumeName: pv")),
            List.of(volume("pv", "", ON_N2, "Bound")),
            List.of());
    var uses = "volumes: [{name: d, persistentVolumeClaim: {claimName: data}}]";
    assertThat(place(pod("a", uses))).isEqualTo("n2");
    nodes.remove(1);
    assertThat(refusal(pod("a", uses)))
        .contains("1 node(s) didn't match PersistentVolume's node affinity");
  }

  private static final String ON_N2 =
      "storageClassName: local, nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions:"
          + " [{key: kubernetes.io/hostname, operator: In, values: [n2]}]}]}}";

  @Test
  void aClaimThatWaitsIsSettledByTheChoice() {
    given(node("n1"), node("n2"));
    var waiting = claim("data", "", "storageClassName: local");
    var uses = pod("a", "volumes: [{name: d, persistentVolumeClaim: {claimName: data}}]");
    storage =
        new KnownStorage(
            List.of(waiting),
            List.of(),
            List.of(storageClass("local", "ordinal.io/local", "WaitForFirstConsumer")));
    assertThat(((Place) decide(uses)).settlements())
        .singleElement()
        .isInstanceOf(Settlement.Provision.class);
    storage =
        new KnownStorage(
            List.of(waiting),
            List.of(volume("pv", "", ON_N2, "Available")),
            List.of(storageClass("local", "kubernetes.io/no-provisioner", "WaitForFirstConsumer")));
    assertThat(((Place) decide(uses)).node()).isEqualTo("n2");
    assertThat(((Place) decide(uses)).settlements())
        .singleElement()
        .isInstanceOf(Settlement.Promise.class);
  }

  @Test
  void anImmediateClaimMustBeBoundFirst() {
    given(node("n1"));
    storage =
        new KnownStorage(
            List.of(claim("data", "", "storageClassName: now")),
            List.of(),
            List.of(storageClass("now", "ordinal.io/local", "Immediate")));
    assertThat(refusal(pod("a", "volumes: [{name: d, persistentVolumeClaim: {claimName: data}}]")))
        .contains("pod has unbound immediate PersistentVolumeClaims");
  }
}
