package io.ordinal.controllers.statefulset;

/// Measures how many plans a second one core makes for a set of three pods: first for a set at
/// rest, then about to replace a pod, then about to make one. Run by hand: its `main` prints a line
/// for each.
final class PlannerBenchmark {
  private static final int WARM_UP = 200_000;
  private static final int MEASURED = 400_000;

  private PlannerBenchmark() {}

  public static void main(String[] args) {
    var it = new SetWorld();
    it.create(Sets.web(3));
    it.settle();
    measure("at rest", Plans.observed(it));
    var pods = it.pods();
    it.image(Sets.NEW);
    it.pass();
    var ending = Plans.observed(it);
    measure(
        "updating",
        new Observed(ending.spec(), ending.revisions(), pods, ending.claims(), ending.now()));
    it.world.vanish(it.pod(2));
    measure("creating", Plans.observed(it));
  }

  private static void measure(String what, Observed seen) {
    long actions = plan(seen, WARM_UP);
    long from = System.nanoTime();
    actions += plan(seen, MEASURED);
    double seconds = (System.nanoTime() - from) / 1e9;
    System.out.printf("%s: %,.0f plans/s (%d actions)%n", what, MEASURED / seconds, actions);
  }

  private static long plan(Observed seen, int times) {
    long actions = 0;
    for (int i = 0; i < times; i++) actions += StatefulSetPlanner.plan(seen).stages().size();
    return actions;
  }
}
