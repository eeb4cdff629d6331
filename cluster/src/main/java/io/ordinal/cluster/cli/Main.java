package io.ordinal.cluster.cli;

import io.ordinal.cluster.UserError;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// The `ordinal` command.
public final class Main {

  private static final int UNEXPECTED = 1;

  private Main() {}

  /// Runs one command and ends the process with its exit code.
  public static void main(String[] args) {
    System.exit(run(Terminal.system(), args));
  }

  static int run(Terminal terminal, String... args) {
    var commands = Commands.all(terminal);
    var line = new CommandLine(root(commands)).setCaseInsensitiveEnumValuesAllowed(true);
    try {
      return perform(terminal, commands, line, line.parseArgs(args));
    } catch (ParameterException e) {
      terminal.complain(oneLine(e.getMessage()) + "; see ./ordinal --help");
      return UserError.USAGE;
    } catch (UserError e) {
      terminal.complain(oneLine(e.getMessage()));
      return e.exitCode();
    } catch (RuntimeException e) {
      terminal.complain("unexpected: " + oneLine(String.valueOf(e)) + "; the log has the details");
      LogFiles.unexpected(e);
      return UNEXPECTED;
    }
  }

  private static CommandSpec root(Commands commands) {
    var root = CommandSpec.create().name("ordinal");
    root.usageMessage().description("A container platform for stateful workloads.");
    root.addOption(Options.help())
        .addOption(Options.version())
        .version("ordinal 0.1.0 (Kubernetes API v1.36)");
    commands.specs().forEach(spec -> root.addSubcommand(spec.name(), spec));
    return root;
  }

  private static int perform(
      Terminal terminal, Commands commands, CommandLine line, ParseResult parsed) {
    if (CommandLine.printHelpIfRequested(parsed)) return 0;
    if (!parsed.hasSubcommand()) {
      line.usage(terminal.out());
      return 0;
    }
    return commands.perform(parsed.subcommand());
  }

  private static String oneLine(@Nullable String message) {
    return String.valueOf(message).strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
