package dev.turso.exec.expression;

import dev.turso.sql.ast.ConflictAction;
import dev.turso.value.Register;
import org.jspecify.annotations.Nullable;

/** {@code RAISE(…)}: evaluating it ends the statement, or with IGNORE what the trigger hangs on. */
final class RaiseNode extends Node {

  private final ConflictAction action;
  private final @Nullable Node message;

  RaiseNode(ConflictAction action, @Nullable Node message) {
    this.action = action;
    this.message = message;
  }

  @Override
  public int eval(Frame f) {
    Register text = new Register();
    if (message != null) {
      message.evalInto(f, text);
    }
    throw new RaisedException(action, text.asString());
  }
}
