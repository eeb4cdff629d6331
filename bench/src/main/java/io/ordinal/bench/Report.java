package io.ordinal.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What was measured: for people a table, for programs one JSON object. With two clusters, the
/// ratio of the first to the second stands behind each pair.
final class Report {

  private static final OperatingSystemMXBean MACHINE =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final String benchmark;
  private final String what;
  private final List<String> targets;
  private final Map<String, List<Figure>> figures = new LinkedHashMap<>();
  private final long begun = System.nanoTime();
  private final long cpuBefore = MACHINE.getProcessCpuTime();

  /// @param targets what the columns are called
  Report(String benchmark, String what, List<String> targets) {
    this.benchmark = benchmark;
    this.what = what;
    this.targets = targets;
  }

  /// Adds a figure of the next target that has none of this name yet.
  void add(Figure figure) {
    figures.computeIfAbsent(figure.name(), _ -> new ArrayList<>()).add(figure);
  }

  void print(PrintStream out, boolean json) {
    out.println(json ? JsonMapper.shared().writeValueAsString(tree()) : text());
  }

  private String text() {
    var lines = new ArrayList<String>();
    lines.add(benchmark + ": " + what);
    lines.add("on " + String.join(" and ", targets));
    figures.forEach((name, values) -> lines.add(row(name, values)));
    lines.add(
        String.format(
            Locale.ROOT,
            "this client: %.1f s of CPU in %.1f s, %d cores, Java %s",
            clientCpu(),
            seconds(),
            MACHINE.getAvailableProcessors(),
            Runtime.version()));
    return String.join("\n", lines);
  }

  private static String row(String name, List<Figure> values) {
    var row = new StringBuilder(String.format(Locale.ROOT, "  %-36s", name));
    values.forEach(f -> row.append(String.format(Locale.ROOT, " %,12.2f", f.value())));
    row.append(' ').append(values.getFirst().unit());
    if (values.size() == 2) {
      row.append(String.format(Locale.ROOT, "   ratio %.2f", ratio(values)));
    }
    return row.toString();
  }

  private ObjectNode tree() {
    var tree = JsonMapper.shared().createObjectNode();
    tree.put("benchmark", benchmark).put("what", what);
    targets.forEach(tree.putArray("targets")::add);
    var list = tree.putArray("figures");
    figures.forEach((name, values) -> {
      var node = list.addObject().put("name", name).put("unit", values.getFirst().unit());
      var numbers = node.putArray("values");
      values.forEach(figure -> numbers.add(figure.value()));
      if (values.size() == 2) {
        node.put("ratio", ratio(values));
      }
    });
    tree.putObject("client").put("cpuSeconds", clientCpu()).put("seconds", seconds());
    return tree;
  }

  private static double ratio(List<Figure> pair) {
    return pair.getFirst().value() / pair.getLast().value();
  }

  private double clientCpu() {
    return (MACHINE.getProcessCpuTime() - cpuBefore) / 1e9;
  }

  private double seconds() {
    return (System.nanoTime() - begun) / 1e9;
  }
}
