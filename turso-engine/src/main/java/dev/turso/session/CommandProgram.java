package dev.turso.session;

import dev.turso.value.Value;
import java.util.List;

/** Everything that is not rows in, rows out: transactions, DDL, pragmas, ATTACH. */
final class CommandProgram extends Program {

  /** What the statement does; returns rows, in the shape of {@link Program#columns}. */
  @FunctionalInterface
  interface Action {
    List<List<Value>> run(Connection connection, Value[] parameters);
  }

  /** How much of a transaction the statement needs around it. */
  enum Needs {
    /** None: it deals with transactions itself. */
    NOTHING,
    /** A snapshot of the databases it uses. */
    SNAPSHOT,
    /** A write transaction and an undo of its own. */
    WRITE
  }

  final Action action;
  final Needs needs;

  CommandProgram(Needs needs, Action action) {
    this.needs = needs;
    this.action = action;
  }

  @Override
  boolean needsSavepoint() {
    return needs == Needs.WRITE;
  }
}
