package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.value.Tag;

/** lag and lead: an expression on the row so many places, a whole number, before or after. */
final class OffsetFunction extends WindowFunction {

  private final int direction;

  OffsetFunction(Frame frame, WindowRows rows, Node[] arguments, int slot, int direction) {
    super(frame, rows, arguments, slot);
    this.direction = direction;
  }

  @Override
  void compute(int at) {
    long by = 1;
    if (arguments.length > 1) {
      argument(1, at, value);
      if (value.isNull()) {
        fallback(at);
        return;
      }
      by = value.asLong();
      if (value.tag != Tag.INTEGER && value.asDouble() != by) {
        fallback(at);
        return;
      }
    }
    long target = by > Integer.MAX_VALUE || by < -Integer.MAX_VALUE ? -1 : at + direction * by;
    if (target >= rows.partitionStart && target < rows.partitionEnd) {
      argument(0, (int) target, out);
    } else {
      fallback(at);
    }
  }

  private void fallback(int at) {
    if (arguments.length > 2) {
      argument(2, at, out);
    } else {
      out.setNull();
    }
  }
}
