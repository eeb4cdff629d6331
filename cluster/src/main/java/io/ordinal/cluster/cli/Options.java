package io.ordinal.cluster.cli;

import io.ordinal.cluster.ClusterConfig;
import io.ordinal.cluster.ClusterConfig.RuntimeKind;
import io.ordinal.cluster.DataFolder;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// The options that commands share, and how they are read.
final class Options {

  static final int DEFAULT_API_PORT = 6443;
  static final int DEFAULT_CONSOLE_PORT = 8080;

  private Options() {}

  /// Spelled out: the library's own mixin reads annotations, which costs a start a tenth of a
  /// second.
  static OptionSpec help() {
    return OptionSpec.builder("-h", "--help")
        .usageHelp(true)
        .description("show this help and exit")
        .build();
  }

  static OptionSpec version() {
    return OptionSpec.builder("-V", "--version")
        .versionHelp(true)
        .description("print the version and exit")
        .build();
  }

  static OptionSpec data() {
    return OptionSpec.builder("--data")
        .paramLabel("DIR")
        .type(Path.class)
        .description("the data folder (default: /var/lib/ordinal for root, else ~/.ordinal)")
        .build();
  }

  static OptionSpec number(String name, int value, String description) {
    return OptionSpec.builder(name)
        .paramLabel("N")
        .type(int.class)
        .defaultValue(String.valueOf(value))
        .description(description + " (default: " + value + ")")
        .build();
  }

  static OptionSpec word(String name, String label, String value, String description) {
    return OptionSpec.builder(name)
        .paramLabel(label)
        .type(String.class)
        .defaultValue(value)
        .description(description + " (default: " + value + ")")
        .build();
  }

  static OptionSpec runtime() {
    return word("--runtime", "NAME", "containerd", "containerd, or simulated, for good");
  }

  static OptionSpec flag(String name, String description) {
    return OptionSpec.builder(name).type(boolean.class).arity("0").description(description).build();
  }

  static PositionalParamSpec file(String description) {
    return positional("FILE", Path.class, description);
  }

  static PositionalParamSpec user(String description) {
    return positional("USER", String.class, description);
  }

  private static PositionalParamSpec positional(String label, Class<?> type, String description) {
    return PositionalParamSpec.builder()
        .paramLabel(label)
        .arity("1")
        .type(type)
        .description(description)
        .build();
  }

  static Path dataOf(ParseResult call) {
    return new DataFolder(call.matchedOptionValue("--data", DataFolder.defaultPath())).path();
  }

  static String text(ParseResult call, String option) {
    return call.commandSpec().findOption(option).getValue();
  }

  static int number(ParseResult call, String option) {
    return call.commandSpec().findOption(option).<Integer>getValue();
  }

  static boolean isSet(ParseResult call, String option) {
    return call.hasMatchedOption(option);
  }

  static Path fileOf(ParseResult call) {
    return call.commandSpec().positionalParameters().getFirst().getValue();
  }

  /// The one word that was given: a user, or an object.
  static String nameOf(ParseResult call) {
    return call.commandSpec().positionalParameters().getFirst().getValue();
  }

  static PositionalParamSpec object(String description) {
    return positional("OBJECT", String.class, description);
  }

  static OptionSpec namespace() {
    return OptionSpec.builder("-n", "--namespace")
        .paramLabel("NAMESPACE")
        .type(String.class)
        .description("the object's namespace (default: the kubeconfig's, else default)")
        .build();
  }

  static Optional<String> namespaceOf(ParseResult call) {
    return given(call, "--namespace").map(String.class::cast);
  }

  /// A kubeconfig that is not the data folder's own.
  static OptionSpec kubeconfig(String description) {
    return OptionSpec.builder("--kubeconfig")
        .paramLabel("FILE")
        .type(Path.class)
        .description(description)
        .build();
  }

  static Optional<Path> kubeconfigOf(ParseResult call) {
    return given(call, "--kubeconfig").map(Path.class::cast);
  }

  /// The runtime that the user named; empty when the default stands.
  static Optional<RuntimeKind> runtimeOf(ParseResult call) {
    return given(call, "--runtime").map(String.class::cast).map(RuntimeKind::named);
  }

  /// What the user said; empty when the default stands.
  private static Optional<Object> given(ParseResult call, String option) {
    return isSet(call, option)
        ? Optional.of(call.commandSpec().findOption(option).getValue())
        : Optional.empty();
  }

  static ClusterConfig clusterOf(ParseResult call) {
    return new ClusterConfig(
        dataOf(call),
        text(call, "--address"),
        number(call, "--api-port"),
        given(call, "--nodes").map(Integer.class::cast),
        runtimeOf(call),
        isSet(call, "--no-console")
            ? Optional.empty()
            : Optional.of(number(call, "--console-port")));
  }
}
