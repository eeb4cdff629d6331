package io.ordinal.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each benchmark once and small: it comes to an end and its figures make sense.
class BenchmarksTest {

  @TempDir private Path data;
  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<Api> apis = new ArrayList<>();

  @BeforeEach
  void startServer() throws Exception {
    var server = BareServer.start(data);
    open.add(server);
    apis.add(new Api(Endpoint.read(server.kubeconfig()), new SplittableRandom(1)));
  }

  @AfterEach
  void stopServer() throws Exception {
    apis.forEach(Api::close);
    for (var one : open) {
      one.close();
    }
  }

  @Test
  void writesAreCounted() throws Exception {
    var figures = measure(new Writes(apis.getFirst(), Duration.ofMillis(200)));
    assertThat(figures)
        .extracting(Figure::name)
        .contains("1 writers", "8 writers p99", "64 writers");
    assertThat(figures).allSatisfy(figure -> assertThat(figure.value()).isPositive());
  }

  @Test
  void everyWatcherSeesEveryEvent() throws Exception {
    var figures = measure(new Watches(apis.getFirst(), 70, 400));
    assertThat(figures).contains(new Figure("at 400/s, seen", 100, "%"));
  }

  @Test
  void twoClustersAreComparedFigureByFigure() {
    var report = new Report("writes", "nothing", List.of("one", "two"));
    report.add(new Figure("a", 10, "/s"));
    report.add(new Figure("a", 5, "/s"));
    var out = new ByteArrayOutputStream();
    report.print(new PrintStream(out, true, UTF_8), true);
    assertThat(out.toString(UTF_8)).contains("\"ratio\":2.0");
  }

  private static List<Figure> measure(Benchmark benchmark) throws Exception {
    var figures = new ArrayList<Figure>();
    for (var step : benchmark.steps()) {
      figures.addAll(step.measure());
    }
    return figures;
  }
}
