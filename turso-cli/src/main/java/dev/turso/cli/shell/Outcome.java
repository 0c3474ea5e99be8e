package dev.turso.cli.shell;

/** How a dot-command ended. */
public enum Outcome {
  DONE,
  FAILED,
  QUIT
}
