package dev.turso.cli.shell;

/** {@code .exit CODE}: unwinds the shell at once. */
public final class ExitRequest extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  private ExitRequest(int status) {
    super("exit " + status, null, false, false);
    this.status = status;
  }

  /** Leaves with a status. */
  public static ExitRequest of(int status) {
    return new ExitRequest(status);
  }

  public int status() {
    return status;
  }
}
