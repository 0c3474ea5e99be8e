package dev.turso.cli.shell;

/** What runs the lines that begin with a dot. */
public interface DotCommands {

  Outcome run(String line);
}
