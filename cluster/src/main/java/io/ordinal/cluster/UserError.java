package io.ordinal.cluster;

/// Something that the user can mend. The message is one line that says what is wrong and what to
/// do; the command line prints it on stderr and exits with [#exitCode].
public final class UserError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// Exit code for a command that was called wrongly.
  public static final int USAGE = 2;

  /// Exit code for a machine that lacks something.
  public static final int MACHINE = 3;

  /// Exit code for a data folder in use, damaged, or of another version.
  public static final int DATA = 4;

  /// Exit code for a cluster that is not running, or did not answer in time.
  public static final int CLUSTER = 5;

  private final int exitCode;

  /// A wrong call.
  public UserError(String message) {
    this(USAGE, message);
  }

  /// An error with an exit code of its own.
  public UserError(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /// What the process is to exit with.
  public int exitCode() {
    return exitCode;
  }
}
