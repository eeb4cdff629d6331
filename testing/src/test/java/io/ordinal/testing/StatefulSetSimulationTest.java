package io.ordinal.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.ordinal.kube.Ordinals;
import io.ordinal.kube.Pods;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// StatefulSets in a whole cluster on one seed: containers crash, sandboxes die, the control plane
/// and the node agents restart at any point, a user changes his mind. What must always hold is
/// asked after every round, and in the end the set must be where it was told to go. `-Dseed=…` runs
/// one seed alone.
class StatefulSetSimulationTest {
  private static final int SEEDS = Integer.getInteger("seeds", 2);
  private static final int ACTS = 25;
  private static final int MOST_ROUNDS = 5000;

  static Stream<Arguments> everyPolicyOnEverySeed() {
    var seed = Long.getLong("seed");
    var seeds = seed == null ? LongStream.range(0, SEEDS).boxed().toList() : List.of(seed);
    return Stream.of("OrderedReady", "Parallel")
        .flatMap(policy -> seeds.stream().map(s -> Arguments.of(policy, s)));
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("everyPolicyOnEverySeed")
  void whatIsWantedComesAboutAndNothingIsLostOnTheWay(String policy, long seed) {
    try (var story = new Story(policy, seed)) {
      try {
        for (int i = 0; i < ACTS; i++) story.act();
        story.end();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage() + story.tell(), e);
      }
    }
  }

  /// A rollout that sticks on an image that nobody has, and the undo that gets it going again.
  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("everyPolicyOnEverySeed")
  void anUndoGetsARolloutGoing(String policy, long seed) {
    try (var story = new Story(policy, seed)) {
      story.until(() -> story.allReady("nginx:1"));
      story.edit(set -> withImage(set, "nginx:missing"));
      story.until(() -> story.runs("web-2", "nginx:missing"));
      story.pass(Duration.ofMinutes(2));
      var stuck = story.pod("web-2").getMetadata().getUid();
      assertThat(Pods.isReady(story.pod("web-2"))).isFalse();
      story.edit(set -> withImage(set, "nginx:1"));
      story.until(() -> story.allReady("nginx:1"));
      assertThat(story.pod("web-2").getMetadata().getUid()).isNotEqualTo(stuck);
      var others = story.client.v1().events().inNamespace("default").list().getItems();
      if (policy.equals("OrderedReady")) {
        assertThat(others).anyMatch(event -> "ReplacedStuckPod".equals(event.getReason()));
      }
    }
  }

  /// One cluster with one set, and what was seen of it.
  private static final class Story implements AutoCloseable {
    private final String policy;
    private final Random random;
    private final SimulatedCluster cluster;
    private final Map<String, String> alive = new HashMap<>();
    private final Map<String, String> claims = new HashMap<>();
    private final Set<String> begun = new HashSet<>();
    private final StringBuilder acts = new StringBuilder();
    private KubernetesClient client;
    private Instant moment = Instant.EPOCH;
    private int rounds;

    private Story(String policy, long seed) {
      this.policy = policy;
      this.random = new Random(seed);
      this.cluster = new SimulatedCluster(seed, 2);
      this.client = cluster.client();
      client.resource(web(policy)).create();
    }

    /// Something happens, and then time passes, but not always enough for all to come right.
    private void act() {
      int what = random.nextInt(9);
      acts.append(what).append(' ');
      switch (what) {
        case 0, 1 -> edit(set -> scaled(set, random.nextInt(5)));
        case 2 -> edit(set -> withImage(set, "nginx:" + random.nextInt(4)));
        case 3 -> edit(set -> withImage(set, "nginx:missing"));
        case 4 -> client.pods().inNamespace("default").withName("web-0").delete();
        case 5 -> anyPod(pod -> onNode(pod).crash(pod.getMetadata().getUid(), "nginx", 1));
        case 6 -> anyPod(pod -> onNode(pod).killSandbox(pod.getMetadata().getUid()));
        case 7 -> restartControlPlane();
        default -> cluster.returnNode("node-" + (1 + random.nextInt(2)));
      }
      for (int i = random.nextInt(40); i > 0; i--) {
        cluster.step();
        look();
      }
      if (random.nextBoolean()) pass(Duration.ofMillis(random.nextInt(20_000)));
    }

    private void end() {
      edit(set -> withImage(scaled(set, 3), "nginx:9"));
      until(() -> allReady("nginx:9") && complete());
    }

    private void restartControlPlane() {
      cluster.restartControlPlane();
      client = cluster.client();
    }

    private io.ordinal.node.simulated.SimulatedRuntime onNode(Pod pod) {
      return cluster.runtime(pod.getSpec().getNodeName());
    }

    private void anyPod(java.util.function.Consumer<Pod> change) {
      var placed = pods().stream().filter(Pods::isScheduled).toList();
      if (!placed.isEmpty()) change.accept(placed.get(random.nextInt(placed.size())));
    }

    private void until(java.util.function.BooleanSupplier goal) {
      boolean reached =
          cluster.await(
              () -> {
                look();
                return goal.getAsBoolean();
              },
              Duration.ofHours(1));
      assertThat(reached).as("within an hour").isTrue();
      assertThat(cluster.refusals()).as("requests of parts that lacked a right").isZero();
    }

    private void pass(Duration time) {
      cluster.await(
          () -> {
            look();
            return false;
          },
          time);
    }

    /// What must hold at every moment; and time must go on.
    private void look() {
      rounds = cluster.clock().instant().equals(moment) ? rounds + 1 : 0;
      moment = cluster.clock().instant();
      assertThat(rounds).as("rounds without time going by").isLessThan(MOST_ROUNDS);
      var now = new HashMap<String, String>();
      for (var pod : pods()) {
        var name = pod.getMetadata().getName();
        now.put(name, pod.getMetadata().getUid());
        if (!alive.containsKey(name)) appeared(name);
        if (Pods.isRunning(pod)) begun.add(name);
      }
      alive.clear();
      alive.putAll(now);
      var kept = new HashMap<String, String>();
      for (var claim :
          client.resources(PersistentVolumeClaim.class).inNamespace("default").list().getItems()) {
        kept.put(claim.getMetadata().getName(), claim.getMetadata().getUid());
      }
      assertThat(kept).as("claims are kept").containsAllEntriesOf(claims);
      claims.putAll(kept);
    }

    /// Ordered: no pod appears before each one below it has run at some time.
    private void appeared(String name) {
      if (!policy.equals("OrderedReady")) return;
      for (int lower = 0; lower < Ordinals.of(name).orElseThrow(); lower++) {
        assertThat(begun).as(name + " comes after those below it").contains("web-" + lower);
      }
    }

    private boolean allReady(String image) {
      var pods = pods();
      return pods.size() == 3
          && pods.stream().allMatch(pod -> Pods.isRunningAndReady(pod) && image(pod).equals(image));
    }

    private boolean runs(String name, String image) {
      return pods().stream()
          .filter(pod -> pod.getMetadata().getName().equals(name))
          .anyMatch(pod -> image(pod).equals(image));
    }

    private boolean complete() {
      var status = set().getStatus();
      return status.getReadyReplicas() == 3
          && status.getCurrentRevision().equals(status.getUpdateRevision());
    }

    private StatefulSet set() {
      return client.apps().statefulSets().inNamespace("default").withName("web").get();
    }

    /// As a user does who meets somebody else's change: once more.
    private void edit(UnaryOperator<StatefulSet> change) {
      for (int conflicts = 0; ; conflicts++) {
        try {
          client.resource(change.apply(set())).update();
          return;
        } catch (KubernetesClientException e) {
          if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || conflicts == 5) throw e;
        }
      }
    }

    private List<Pod> pods() {
      return client.pods().inNamespace("default").list().getItems();
    }

    private Pod pod(String name) {
      return client.pods().inNamespace("default").withName(name).get();
    }

    private String tell() {
      var pods = pods().stream().map(StatefulSetSimulationTest::tell).toList();
      return "\nacts: " + acts + "\n" + String.join("\n", pods) + "\n" + set().getStatus();
    }

    @Override
    public void close() {
      cluster.close();
    }
  }

  private static String tell(Pod pod) {
    var ending = Pods.isTerminating(pod) ? " ending" : "";
    var containers = pod.getStatus().getContainerStatuses().stream().map(c -> c.getState());
    return pod.getMetadata().getName()
        + (" " + image(pod) + " " + Pods.phase(pod) + ending + " ")
        + containers.toList();
  }

  private static String image(Pod pod) {
    return pod.getSpec().getContainers().getFirst().getImage();
  }

  private static StatefulSet scaled(StatefulSet set, int replicas) {
    return new StatefulSetBuilder(set).editSpec().withReplicas(replicas).endSpec().build();
  }

  private static StatefulSet withImage(StatefulSet set, String image) {
    return new StatefulSetBuilder(set)
        .editSpec()
        .editTemplate()
        .editSpec()
        .editFirstContainer()
        .withImage(image)
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  private static StatefulSet web(String policy) {
    return new StatefulSetBuilder()
        .withNewMetadata()
        .withName("web")
        .withNamespace("default")
        .endMetadata()
        .withNewSpec()
        .withReplicas(3)
        .withServiceName("nginx")
        .withPodManagementPolicy(policy)
        .withNewSelector()
        .withMatchLabels(Map.of("app", "web"))
        .endSelector()
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(Map.of("app", "web"))
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("nginx")
        .withImage("nginx:1")
        .addNewVolumeMount()
        .withName("www")
        .withMountPath("/usr/share/nginx/html")
        .endVolumeMount()
        .endContainer()
        .endSpec()
        .endTemplate()
        .addNewVolumeClaimTemplate()
        .withNewMetadata()
        .withName("www")
        .endMetadata()
        .withNewSpec()
        .withAccessModes("ReadWriteOnce")
        .withNewResources()
        .withRequests(Map.of("storage", new Quantity("1Gi")))
        .endResources()
        .endSpec()
        .endVolumeClaimTemplate()
        .endSpec()
        .build();
  }
}
