package dev.turso.exec.expression;

import dev.turso.function.CallPurpose;
import dev.turso.function.ScalarFunction;
import dev.turso.value.Collation;
import dev.turso.value.Tag;

/** {@code abs(x)}, which needs no call for an integer. */
final class AbsoluteNode extends FunctionNode {

  AbsoluteNode(
      ScalarFunction function, Node[] arguments, Collation collation, CallPurpose purpose) {
    super(function, arguments, collation, purpose);
  }

  @Override
  public int eval(Frame f) {
    arguments[0].evalInto(f, values[0]);
    long x = values[0].bits;
    if (values[0].tag == Tag.INTEGER && x != Long.MIN_VALUE) {
      f.bits = Math.abs(x);
      f.subtype = 0;
      return Tag.INTEGER;
    }
    return call(f);
  }

  @Override
  public boolean integers(Frame f, RowVector rows, long[] out) {
    if (!arguments[0].integers(f, rows, out)) {
      return false;
    }
    boolean fits = true;
    for (int i = 0; i < rows.count(); i++) {
      fits &= out[i] != Long.MIN_VALUE;
      out[i] = Math.abs(out[i]);
    }
    return fits;
  }
}
