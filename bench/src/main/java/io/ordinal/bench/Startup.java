package io.ordinal.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// From the start of `./ordinal up` with an empty data folder until the API answers and all nodes
/// are Ready.
final class Startup implements Benchmark {

  private final Settings.Local local;
  private final int repetitions;
  private final RandomGenerator random;

  Startup(Settings.Local local, int repetitions, RandomGenerator random) {
    this.local = local;
    this.repetitions = repetitions;
    this.random = random;
  }

  @Override
  public String what() {
    return "./ordinal up %s with an empty data folder; median of %d, after one that does not count"
        .formatted(String.join(" ", local.arguments()), repetitions);
  }

  @Override
  public List<Step> steps() {
    return List.of(this::measure);
  }

  private List<Figure> measure() throws Exception {
    var answers = new ArrayList<Double>();
    var ready = new ArrayList<Double>();
    for (var i = 0; i <= repetitions; i++) {
      try (var ordinal = LocalOrdinal.start(local);
          var api = ordinal.api(random)) {
        answers.add(ordinal.milliseconds());
        ordinal.awaitNodes(api);
        ready.add(ordinal.milliseconds());
      }
    }
    return List.of(
        new Figure("start → API answers", median(answers), "ms"),
        new Figure("start → nodes Ready", median(ready), "ms"));
  }

  private static double median(List<Double> all) {
    var counted = all.stream().skip(1).sorted().toList();
    return counted.get(counted.size() / 2);
  }
}
