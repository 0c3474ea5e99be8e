package dev.turso.exec.operator;

import dev.turso.error.SqlException;
import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.function.WindowKind;
import dev.turso.value.Affinity;
import dev.turso.value.Tag;

/** first_value, last_value and nth_value: an expression on one row of the frame. */
final class FrameValueFunction extends WindowFunction {

  private final WindowKind kind;
  private final WindowBounds bounds;

  FrameValueFunction(
      Frame frame,
      WindowRows rows,
      Node[] arguments,
      int slot,
      WindowKind kind,
      WindowBounds bounds) {
    super(frame, rows, arguments, slot);
    this.kind = kind;
    this.bounds = bounds;
  }

  @Override
  void beginPartition() {
    bounds.begin();
  }

  @Override
  void compute(int at) {
    bounds.compute(at);
    int position = kind == WindowKind.LAST_VALUE ? last() : nth(count(at));
    if (position < 0) {
      out.setNull();
    } else {
      argument(0, position, out);
    }
  }

  private long count(int at) {
    if (kind == WindowKind.FIRST_VALUE) {
      return 1;
    }
    argument(1, at, value);
    Affinity.NUMERIC.apply(value);
    if (value.tag != Tag.INTEGER || value.bits <= 0) {
      throw new SqlException("second argument to nth_value must be a positive integer");
    }
    return value.bits;
  }

  private int nth(long n) {
    if (!bounds.excludes()) {
      return n <= bounds.end - bounds.start ? (int) (bounds.start + n - 1) : -1;
    }
    long left = n;
    for (int i = bounds.start; i < bounds.end; i++) {
      if (bounds.sees(i) && --left == 0) {
        return i;
      }
    }
    return -1;
  }

  private int last() {
    for (int i = bounds.end - 1; i >= bounds.start; i--) {
      if (bounds.sees(i)) {
        return i;
      }
    }
    return -1;
  }
}
