package dev.turso.cli.command;

/** How a dot-command ended. */
public enum Outcome {
  DONE,
  FAILED,
  QUIT
}
