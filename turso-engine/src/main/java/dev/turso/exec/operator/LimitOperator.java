package dev.turso.exec.operator;

import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.value.Affinity;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import org.jspecify.annotations.Nullable;

/** At most so many rows of the input, after leaving out the first ones. */
final class LimitOperator extends Operator {

  private final Frame frame;
  private final Operator input;
  private final Node limit;
  private final @Nullable Node offset;
  private long left;
  private long skip;

  LimitOperator(Frame frame, Operator input, Node limit, @Nullable Node offset) {
    this.frame = frame;
    this.input = input;
    this.limit = limit;
    this.offset = offset;
  }

  @Override
  public void open() {
    long most = integer(frame, limit);
    left = most < 0 ? Long.MAX_VALUE : most;
    skip = offset == null ? 0 : Math.max(0, integer(frame, offset));
    if (left > 0) {
      input.open();
    }
  }

  /** A LIMIT or OFFSET: its value must be an integer, or convert to one exactly. */
  static long integer(Frame frame, Node node) {
    Register value = new Register();
    node.evalInto(frame, value);
    Affinity.NUMERIC.apply(value);
    if (value.tag != Tag.INTEGER) {
      throw new SqlException(ResultCode.MISMATCH, "datatype mismatch");
    }
    return value.bits;
  }

  @Override
  public boolean next() {
    if (left == 0) {
      return false;
    }
    while (skip > 0) {
      if (!input.next()) {
        left = 0;
        return false;
      }
      skip--;
    }
    left--;
    return input.next();
  }

  @Override
  public void close() {
    input.close();
  }
}
