package io.ordinal.cluster.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// The commands by name, in the order in which help lists them.
final class Commands {

  /// What a command does when it is called; the answer is the exit code.
  interface Action {
    int run(ParseResult call);
  }

  private final Terminal terminal;
  private final Map<String, CommandSpec> specs = new LinkedHashMap<>();
  private final Map<String, Action> actions = new LinkedHashMap<>();

  private Commands(Terminal terminal) {
    this.terminal = terminal;
  }

  static Commands all(Terminal terminal) {
    var commands = new Commands(terminal);
    commands.running();
    commands.looking();
    commands.keeping();
    commands.copying();
    commands.signingIn();
    commands.building();
    return commands;
  }

  List<CommandSpec> specs() {
    return List.copyOf(specs.values());
  }

  int perform(ParseResult call) {
    var action = actions.get(call.commandSpec().name());
    if (action == null) throw new IllegalStateException("no such command");
    return action.run(call);
  }

  private void running() {
    var up = new Up(terminal);
    add(
        "up",
        "starts the cluster and stays in the foreground; Ctrl-C leaves containers running",
        up::run,
        Options.data(),
        Options.number("--api-port", Options.DEFAULT_API_PORT, "port of the API server"),
        Options.number("--console-port", Options.DEFAULT_CONSOLE_PORT, "port of the console"),
        Options.flag("--no-console", "the cluster alone, for a console that runs elsewhere"),
        Options.number("--nodes", 1, "logical nodes on this machine, as at the last start"),
        Options.runtime(),
        Options.word(
            "--address",
            "IP",
            "127.0.0.1",
            "address on which the API server and the console listen"),
        Options.flag("--detach", "go on in the background once the cluster is ready"));
    add(
        "down",
        "stops what `up --detach` started, and its pods with their grace",
        new Down(terminal)::run,
        Options.data(),
        Options.flag("--keep-pods", "leave containers running; the next `up` adopts them"));
    add(
        "demo",
        "starts a cluster if needed and walks through a StatefulSet on it",
        new Demo(terminal, up)::run,
        Options.data(),
        Options.number("--api-port", Options.DEFAULT_API_PORT, "port of the API server"),
        Options.number("--console-port", Options.DEFAULT_CONSOLE_PORT, "port of the console"));
  }

  private void looking() {
    add("status", "parts, nodes and sets in one screen", new Status(terminal)::run, Options.data());
    add(
        "why",
        "why a StatefulSet, pod or claim is not ready; exit code 0 when it is, 1 when it is not",
        new WhyCommand(terminal)::run,
        Options.object("sts/NAME, pod/NAME or pvc/NAME"),
        Options.namespace(),
        Options.data(),
        Options.kubeconfig("of another cluster"));
    add(
        "doctor",
        "what this machine lacks, and the command that mends it",
        new Doctor(terminal)::run);
    add(
        "kubeconfig",
        "prints the administrator's kubeconfig",
        new PrintKubeconfig(terminal)::run,
        Options.data());
  }

  private void keeping() {
    var images = new Images(terminal);
    add(
        "image",
        "load FILE | list | remove NAME: images of this machine, which count as pulled",
        images::run,
        Options.data(),
        PositionalParamSpec.builder()
            .paramLabel("load FILE|list|remove NAME")
            .arity("1..2")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description("what to do")
            .build());
  }

  private void copying() {
    var backups = new Backups(terminal);
    add(
        "backup",
        "writes all objects to a new file, also while the cluster runs",
        backups::backup,
        Options.data(),
        Options.file("the file to write"));
    add(
        "restore",
        "fills an empty data folder from a backup",
        backups::restore,
        Options.data(),
        Options.file("the backup"));
  }

  private void signingIn() {
    add(
        "console",
        "the console alone, in front of another cluster; Ctrl-C ends it",
        new ConsoleCommand(terminal)::run,
        Options.kubeconfig("of the cluster"),
        Options.data(),
        Options.number("--port", Options.DEFAULT_CONSOLE_PORT, "port of the console"),
        Options.word("--address", "IP", "127.0.0.1", "address on which the console listens"),
        Options.flag("--yes", "do not ask before something is made in the cluster"));
    add(
        "passwd",
        "gives a user of the console a one-time password",
        new Passwd(terminal)::run,
        Options.user("the user's name"),
        Options.data(),
        Options.kubeconfig("of the cluster that keeps the users, if it is another one"));
  }

  /// What only the build calls.
  private void building() {
    add(
            "train",
            "starts a cluster, uses it and ends",
            new Train(terminal)::run,
            Options.data(),
            Options.runtime())
        .usageMessage()
        .hidden(true);
  }

  private CommandSpec add(String name, String description, Action action, ArgSpec... arguments) {
    var spec = CommandSpec.create().name(name).addOption(Options.help());
    spec.usageMessage().description(description);
    for (var argument : arguments) {
      if (argument instanceof OptionSpec option) spec.addOption(option);
      if (argument instanceof PositionalParamSpec positional) spec.addPositional(positional);
    }
    specs.put(name, spec);
    actions.put(name, action);
    return spec;
  }
}
