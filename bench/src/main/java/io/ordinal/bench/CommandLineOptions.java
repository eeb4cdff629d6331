package io.ordinal.bench;

import io.ordinal.cluster.DataFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// The options of `./ordinal bench`.
final class CommandLineOptions {

  private CommandLineOptions() {}

  static CommandSpec spec() {
    var spec = CommandSpec.create().name("ordinal bench").mixinStandardHelpOptions(true);
    spec.usageMessage()
        .description(
            "Measures a cluster: startup, writes, list, watch, rollout, scale or memory.",
            "startup and memory start an Ordinal of their own in a temporary folder.");
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .arity("0..1")
            .paramLabel("NAME")
            .type(String.class)
            .description("one of them; without a name: writes, list, watch and rollout")
            .build());
    spec.addOption(
        many(
            "--kubeconfig",
            "FILE",
            "the cluster to measure instead of this machine's Ordinal; given twice, both are measured alternately",
            Path.class));
    spec.addOption(
        OptionSpec.builder("--json")
            .type(boolean.class)
            .description("print one JSON object")
            .build());
    spec.addOption(number("--seconds", "5", "writes: how long each number of writers writes"));
    spec.addOption(
        number(
            "--count", "0", "watchers, pods, writes or repetitions instead of the usual number"));
    spec.addOption(number("--rate", "0", "watch: events per second (usually 20, then 50)"));
    spec.addOption(number("--replicas", "3", "rollout: pods of the set"));
    spec.addOption(text("--image", "nginx:latest", "rollout: the image that the set starts with"));
    spec.addOption(
        text("--to-image", "", "rollout: the image to change to; else an annotation changes"));
    spec.addOption(
        many("--process", "PID", "scale: processes whose idle CPU is measured", Long.class));
    spec.addOption(
        many(
            "--up",
            "ARGUMENT",
            "startup, memory: an argument for ordinal up, such as --up=--runtime=simulated",
            String.class));
    return spec;
  }

  static Settings settings(ParseResult parsed) {
    var next = Optional.<String>of(parsed.matchedOptionValue("--to-image", ""));
    return new Settings(
        kubeconfigs(parsed),
        Duration.ofSeconds(parsed.matchedOptionValue("--seconds", 5)),
        parsed.matchedOptionValue("--count", 0),
        new Settings.Images(
            parsed.matchedOptionValue("--image", "nginx:latest"),
            next.filter(image -> !image.isEmpty())),
        new Settings.Local(
            Path.of(System.getProperty("ordinal.home", ".")),
            parsed.matchedOptionValue("--up", List.of())),
        new Settings.Load(
            parsed.matchedOptionValue("--rate", 0),
            parsed.matchedOptionValue("--replicas", 3),
            parsed.matchedOptionValue("--process", List.of())));
  }

  /// Without the option, the Ordinal of this machine.
  private static List<Path> kubeconfigs(ParseResult parsed) {
    return parsed.matchedOptionValue(
        "--kubeconfig", List.of(DataFolder.defaultPath().resolve("admin.conf")));
  }

  private static OptionSpec number(String name, String usual, String description) {
    return OptionSpec.builder(name)
        .arity("1")
        .paramLabel("N")
        .type(int.class)
        .defaultValue(usual)
        .description(description)
        .build();
  }

  private static OptionSpec text(String name, String usual, String description) {
    return OptionSpec.builder(name)
        .arity("1")
        .paramLabel("IMAGE")
        .type(String.class)
        .defaultValue(usual)
        .description(description)
        .build();
  }

  private static OptionSpec many(String name, String label, String description, Class<?> type) {
    return OptionSpec.builder(name)
        .arity("1")
        .paramLabel(label)
        .type(List.class)
        .auxiliaryTypes(type)
        .description(description)
        .build();
  }
}
