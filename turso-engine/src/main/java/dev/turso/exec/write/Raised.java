package dev.turso.exec.write;

import dev.turso.error.ConstraintException;
import dev.turso.error.ResultCode;
import dev.turso.exec.expression.RaisedException;

/** What a RAISE other than IGNORE becomes once it has left its trigger. */
final class Raised {

  private Raised() {}

  static ConstraintException failure(WriteContext ctx, RaisedException raised) {
    ctx.failure = raised.action();
    return new ConstraintException(
        ResultCode.CONSTRAINT_TRIGGER, String.valueOf(raised.getMessage()));
  }
}
