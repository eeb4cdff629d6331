package io.ordinal.schema;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/// How long the decoder takes for a pod of 3.4 KB, to be run by hand: `main` prints microseconds
/// per pod.
final class DecoderBenchmark {
  private static final int ROUND = 20_000;

  private DecoderBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    long start = cpuNanos();
    Schemas schemas = Schemas.load();
    ObjectType pod = schemas.type(new Gvk("", "v1", "Pod")).orElseThrow();
    print("load the schemas", cpuNanos() - start, 1);
    byte[] json = pod();
    start = cpuNanos();
    new Decoder().decode(json, pod, Strictness.REPORT);
    print("decode the first pod, %d bytes".formatted(json.length), cpuNanos() - start, 1);
    var times = new long[15];
    for (int i = 0; i < times.length; i++) {
      start = cpuNanos();
      for (int j = 0; j < ROUND; j++) {
        new Decoder().decode(json, pod, Strictness.REPORT);
      }
      times[i] = cpuNanos() - start;
    }
    Arrays.sort(times);
    print("decode a pod", times[times.length / 2], ROUND);
    start = cpuNanos();
    for (int j = 0; j < ROUND; j++) {
      Json.read(json);
    }
    print("read its tree only", cpuNanos() - start, ROUND);
  }

  /// Of this thread, so that a busy machine does not show.
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void print(String what, long nanos, int times) {
    System.out.printf(Locale.ROOT, "%-40s %10.1f µs%n", what, nanos / 1000.0 / times);
  }

  private static byte[] pod() throws IOException {
    try (var in = DecoderBenchmark.class.getResourceAsStream("pod.json")) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }
}
