package io.ordinal.controllers.statefulset;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.ordinal.kube.Pods;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Scenarios under every policy on many seeds: late caches, failing calls, pods that end, users who
/// change their minds. [Invariants] are asked at every step; in the end the set must get to where
/// it was told to go. A failure names its seed, and `-Dseed=…` runs that seed alone.
class SimulationTest {
  private static final int SEEDS = Integer.getInteger("seeds", 6);

  enum Scenario {
    CREATE {
      @Override
      void act(Simulation run) {}
    },
    SCALE {
      @Override
      void act(Simulation run) {
        run.it.scale(run.random.nextInt(6));
      }
    },
    MOVE {
      @Override
      void act(Simulation run) {
        int start = run.random.nextInt(4);
        run.it.editSpec(spec -> spec.withNewOrdinals().withStart(start).endOrdinals());
      }
    },
    UPDATE {
      @Override
      void act(Simulation run) {
        run.it.image("good:" + run.random.nextInt(4));
      }
    },
    BROKEN_UPDATE {
      @Override
      void act(Simulation run) {
        var failure = run.oneOf(List.of(Failure.values()));
        run.it.image(failure.starts ? "good:7" : failure.image());
      }
    },
    PARTITION {
      @Override
      void act(Simulation run) {
        int partition = run.random.nextInt(4);
        int max = 1 + run.random.nextInt(3);
        run.it.editSpec(spec ->
            spec.withNewUpdateStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withPartition(partition)
                .withMaxUnavailable(new IntOrString(max))
                .endRollingUpdate()
                .endUpdateStrategy());
      }
    },
    EVERYTHING {
      @Override
      void act(Simulation run) {
        run.oneOf(List.of(SCALE, MOVE, UPDATE, BROKEN_UPDATE, PARTITION)).act(run);
      }
    };

    abstract void act(Simulation run);
  }

  static Stream<Arguments> everyScenarioUnderEveryPolicyOnEverySeed() {
    var seed = Long.getLong("seed");
    var seeds = seed == null ? LongStream.range(0, SEEDS).boxed().toList() : List.of(seed);
    return Stream.of(Scenario.values())
        .flatMap(scenario ->
            Sets.modes().flatMap(mode -> seeds.stream().map(s -> Arguments.of(scenario, mode, s))));
  }

  @ParameterizedTest(name = "{0}, {1}, seed {2}")
  @MethodSource("everyScenarioUnderEveryPolicyOnEverySeed")
  void invariantsHoldAndTheGoalIsReached(Scenario scenario, Sets.Mode mode, long seed) {
    var run = new Simulation(mode, seed);
    try {
      run.disturb(scenario, 150);
      run.calmDown();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed + ": " + e.getMessage() + "\n" + run.story(), e);
    }
  }

  /// One run: a seed decides what happens next.
  static final class Simulation {
    final Random random;
    final SetWorld it = new SetWorld();
    private boolean calm;

    Simulation(Sets.Mode mode, long seed) {
      random = new Random(seed);
      var invariants = new Invariants(it, this::faults);
      it.create(Sets.web(mode, 1 + random.nextInt(4)));
      invariants.check();
    }

    void disturb(Scenario scenario, int moves) {
      for (int i = 0; i < moves; i++) {
        move(scenario);
      }
    }

    /// Nothing fails any more, and the template is one that works: then all is well in the end.
    void calmDown() {
      calm = true;
      it.image("good:9");
      // A partition holds pods at the current revision, which may be one that never worked.
      it.editSpec(spec ->
          spec.editUpdateStrategy()
              .editOrNewRollingUpdate()
              .withPartition(0)
              .endRollingUpdate()
              .endUpdateStrategy());
      it.settle(Duration.ofHours(2));
      var spec = SetSpec.of(it.set());
      assertThat(it.pods().stream().filter(Pods::isRunningAndReady).count())
          .isEqualTo(spec.replicas());
      var updated = it.pods().stream().filter(pod -> Sets.ordinal(pod) >= spec.updatesFrom());
      assertThat(updated.map(Sets::image)).allMatch("good:9"::equals);
      assertThat(it.status().getReadyReplicas()).isEqualTo(spec.replicas());
      assertThat(it.status().getReplicas()).isEqualTo(spec.replicas());
    }

    private void move(Scenario scenario) {
      switch (random.nextInt(12)) {
        case 0, 1, 2, 3 -> it.world.deliver();
        case 4, 5, 6 -> it.controller.step();
        case 7, 8 -> onePod(_ -> true, it.node::step);
        case 9 -> it.clock.turn(Duration.ofMillis(random.nextInt(1500)));
        case 10 -> it.world.collectOne();
        default -> surprise(scenario);
      }
      it.afterEachStep();
    }

    private void surprise(Scenario scenario) {
      switch (random.nextInt(6)) {
        case 0 -> onePod(Simulation::isOnNode, pod -> it.node.phase(pod, "Failed"));
        case 1 -> onePod(Simulation::isOnNode, it.node::unready);
        case 2 -> onePod(_ -> true, it.world::remove);
        default -> scenario.act(this);
      }
    }

    <T> T oneOf(List<T> things) {
      return things.get(random.nextInt(things.size()));
    }

    private void onePod(Predicate<Pod> among, Consumer<Pod> change) {
      var pods = it.pods().stream().filter(among).toList();
      if (!pods.isEmpty()) change.accept(oneOf(pods));
    }

    private static boolean isOnNode(Pod pod) {
      return pod.getStatus().getStartTime() != null;
    }

    private void faults(String verb, HasMetadata object) {
      if (calm || random.nextInt(20) != 0) return;
      int code = random.nextBoolean() ? 500 : 409;
      throw World.refusal(code, "InternalError", verb + " does not work today");
    }

    String story() {
      return it.podNames() + " " + it.set().getStatus() + "\n" + String.join("\n", it.events);
    }
  }
}
