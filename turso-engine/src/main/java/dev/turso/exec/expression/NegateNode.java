package dev.turso.exec.expression;

import dev.turso.value.Arithmetic;
import dev.turso.value.Register;

/** {@code -a}. */
final class NegateNode extends Node {

  private final Node operand;
  private final Register a = new Register();

  NegateNode(Node operand) {
    this.operand = operand;
  }

  @Override
  public int eval(Frame f) {
    a.set(operand.eval(f), f.bits, f.ref);
    Arithmetic.negate(a, a);
    return BinaryNode.give(f, a);
  }

  @Override
  public boolean integers(Frame f, RowVector rows, long[] out) {
    if (!operand.integers(f, rows, out)) {
      return false;
    }
    boolean fits = true;
    for (int i = 0; i < rows.count(); i++) {
      fits &= out[i] != Long.MIN_VALUE;
      out[i] = -out[i];
    }
    return fits;
  }
}
