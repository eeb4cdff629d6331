package io.ordinal.server.health;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// What `/metrics` shows, under upstream's names where upstream has the same thing.
public final class Metrics {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double[] BUCKETS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60
  };

  private final Map<Request, LongAdder> requests = new ConcurrentHashMap<>();
  private final Map<Kind, Histogram> durations = new ConcurrentHashMap<>();
  private final Map<Kind, AtomicInteger> streams = new ConcurrentHashMap<>();
  private final Map<String, Gauges> gauges = new ConcurrentSkipListMap<>();

  /// One of several numbers of the same name.
  ///
  /// @param labels what it is told apart by; their values are names of Kubernetes' and need no
  ///   escaping
  public record Sample(SequencedMap<String, String> labels, long value) {
    private String text() {
      return labels.entrySet().stream()
          .map(label -> label.getKey() + "=\"" + label.getValue() + "\"")
          .collect(Collectors.joining(","));
    }
  }

  private record Gauges(String help, Supplier<List<Sample>> samples) {}

  /// What requests are told apart by. There are few of them: names and namespaces stay out.
  ///
  /// @param verb in rules' words, or the HTTP method in lower case
  /// @param resource with its subresource; "" for other paths
  public record Kind(String verb, String group, String resource) {
    private String labels() {
      return "verb=\"" + verb + "\",group=\"" + group + "\",resource=\"" + resource + "\"";
    }
  }

  private record Request(Kind kind, int code) {}

  private static final class Histogram {
    private final LongAdder[] counts = new LongAdder[BUCKETS.length + 1];
    private final LongAdder nanos = new LongAdder();

    Histogram() {
      for (int i = 0; i < counts.length; i++) {
        counts[i] = new LongAdder();
      }
    }

    void add(long duration) {
      var bucket = 0;
      while (bucket < BUCKETS.length && duration / NANOS_PER_SECOND > BUCKETS[bucket]) {
        bucket++;
      }
      counts[bucket].increment();
      nanos.add(duration);
    }
  }

  /// A number that is asked for when metrics are shown.
  public void gauge(String name, LongSupplier value) {
    gauges(
        name,
        name.replace('_', ' '),
        () -> List.of(new Sample(new LinkedHashMap<>(), value.getAsLong())));
  }

  /// Numbers of one name that are asked for when metrics are shown.
  public void gauges(String name, String help, Supplier<List<Sample>> samples) {
    gauges.put(name, new Gauges(help, samples));
  }

  /// A request was answered.
  public void answered(Kind kind, int code, long nanos) {
    requests.computeIfAbsent(new Request(kind, code), _ -> new LongAdder()).increment();
    durations.computeIfAbsent(kind, _ -> new Histogram()).add(nanos);
  }

  /// The number of open watches, logs and commands of a kind.
  public AtomicInteger streams(Kind kind) {
    return streams.computeIfAbsent(kind, _ -> new AtomicInteger());
  }

  /// All of it in Prometheus' text form.
  public byte[] text() {
    var out = new StringBuilder(8192);
    head(out, "apiserver_request_total", "counter", "Answered requests.");
    requests.forEach((request, count) ->
        line(
            out,
            "apiserver_request_total",
            request.kind.labels() + ",code=\"" + request.code + "\"",
            count.sum()));
    head(
        out,
        "apiserver_request_duration_seconds",
        "histogram",
        "Time to an answer; of a watch, to its beginning.");
    durations.forEach((kind, histogram) -> write(out, kind, histogram));
    head(out, "apiserver_longrunning_requests", "gauge", "Open watches, logs and commands.");
    streams.forEach(
        (kind, count) -> line(out, "apiserver_longrunning_requests", kind.labels(), count.get()));
    gauges.forEach((name, all) -> {
      head(out, name, "gauge", all.help);
      all.samples.get().forEach(sample -> line(out, name, sample.text(), sample.value));
    });
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void write(StringBuilder out, Kind kind, Histogram histogram) {
    var name = "apiserver_request_duration_seconds";
    var labels = kind.labels();
    long sum = 0;
    for (int i = 0; i < BUCKETS.length; i++) {
      sum += histogram.counts[i].sum();
      line(out, name + "_bucket", labels + ",le=\"" + BUCKETS[i] + "\"", sum);
    }
    sum += histogram.counts[BUCKETS.length].sum();
    line(out, name + "_bucket", labels + ",le=\"+Inf\"", sum);
    out.append(name).append("_sum{").append(labels).append("} ");
    out.append(histogram.nanos.sum() / NANOS_PER_SECOND).append('\n');
    line(out, name + "_count", labels, sum);
  }

  private static void head(StringBuilder out, String name, String type, String help) {
    out.append("# HELP ").append(name).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private static void line(StringBuilder out, String name, String labels, long value) {
    out.append(name);
    if (!labels.isEmpty()) out.append('{').append(labels).append('}');
    out.append(' ').append(value).append('\n');
  }
}
