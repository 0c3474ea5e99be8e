package dev.turso.exec.expression;

import dev.turso.sql.ast.ConflictAction;

/**
 * A RAISE that was evaluated. The statement that fired the trigger decides what it undoes; an IGNORE
 * never gets further than that.
 */
public final class RaisedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ConflictAction action;

  RaisedException(ConflictAction action, String message) {
    super(message, null, false, false);
    this.action = action;
  }

  public ConflictAction action() {
    return action;
  }
}
