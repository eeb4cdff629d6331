package io.ordinal.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// `./ordinal bench [NAME] [--kubeconfig FILE]…`
public final class Main {

  private static final List<String> LOCAL = List.of("startup", "memory");
  private static final List<String> USUAL = List.of("writes", "list", "watch", "rollout");

  private Main() {}

  /// Exits with 0 when it measured, 1 when something failed on the way, 2 when it was asked
  /// wrongly.
  static void main(String[] arguments) {
    var command = new CommandLine(CommandLineOptions.spec());
    command.setExecutionStrategy(Main::run);
    command.setExecutionExceptionHandler((e, line, _) -> {
      line.getErr().println("ordinal bench: " + e.getMessage());
      return 1;
    });
    command.setParameterExceptionHandler((e, _) -> {
      e.getCommandLine().getErr().println("ordinal bench: " + e.getMessage() + " (see --help)");
      return 2;
    });
    System.exit(command.execute(arguments));
  }

  private static int run(ParseResult parsed) {
    var help = CommandLine.executeHelpRequest(parsed);
    if (help != null) {
      return help;
    }
    var spec = parsed.commandSpec().commandLine();
    String name = parsed.matchedPositionalValue(0, "");
    try {
      for (var each : name.isEmpty() ? USUAL : List.of(name)) {
        measure(each, CommandLineOptions.settings(parsed), parsed.hasMatchedOption("--json"));
      }
      return 0;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec, String.valueOf(e.getMessage()), e);
    } catch (Exception e) {
      throw new CommandLine.ExecutionException(spec, String.valueOf(e.getMessage()), e);
    }
  }

  private static void measure(String name, Settings settings, boolean json) throws Exception {
    var random = new SplittableRandom();
    if (LOCAL.contains(name)) {
      alternate(name, List.of(local(name, settings, random)), List.of("this machine"), json);
      return;
    }
    var targets = new ArrayList<Api>();
    try {
      for (var kubeconfig : settings.kubeconfigs()) {
        targets.add(new Api(Endpoint.read(kubeconfig), random));
      }
      var benchmarks = targets.stream().map(api -> remote(name, api, settings)).toList();
      alternate(name, benchmarks, targets.stream().map(Api::name).toList(), json);
    } finally {
      targets.forEach(Api::close);
    }
  }

  /// Each step for every cluster before the next step.
  private static void alternate(
      String name, List<Benchmark> benchmarks, List<String> targets, boolean json)
      throws Exception {
    var report = new Report(name, benchmarks.getFirst().what(), targets);
    var steps = benchmarks.stream().map(Benchmark::steps).toList();
    for (var i = 0; i < steps.getFirst().size(); i++) {
      for (var ofOne : steps) {
        ofOne.get(i).measure().forEach(report::add);
      }
    }
    report.print(System.out, json);
  }

  private static Benchmark local(String name, Settings settings, RandomGenerator random) {
    return name.equals("startup")
        ? new Startup(settings.local(), settings.countOr(5), random)
        : new Memory(settings.local(), settings.countOr(100_000), random);
  }

  private static Benchmark remote(String name, Api api, Settings settings) {
    return switch (name) {
      case "writes" -> new Writes(api, settings.span());
      case "list" -> new Lists(api);
      case "watch" -> new Watches(api, settings.countOr(1_000), settings.load().rate());
      case "rollout" ->
          new Rollout(api, settings.load().replicas(), settings.countOr(3), settings.images());
      case "scale" -> new Scale(api, settings.countOr(5_000), settings.load().processes());
      default -> throw new IllegalArgumentException("no benchmark is called '" + name + "'");
    };
  }
}
