package dev.turso.cli.shell;

/** Is told when input runs: a terminal shows progress then. */
public interface StatementWatch {

  void started();

  void ended();
}
