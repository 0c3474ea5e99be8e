package dev.turso.exec.expression;

import dev.turso.value.Arithmetic;
import dev.turso.value.Tag;

/** {@code a % b}. */
final class RemainderNode extends BinaryNode {

  RemainderNode(Node left, Node right) {
    super(left, right);
  }

  @Override
  public int eval(Frame f) {
    operands(f);
    if (a.tag == Tag.INTEGER && b.tag == Tag.INTEGER && b.bits > 0) {
      f.bits = a.bits % b.bits;
      return Tag.INTEGER;
    }
    Arithmetic.remainder(a, b, a);
    return give(f, a);
  }

  @Override
  public boolean integers(Frame f, RowVector rows, long[] out) {
    if (!integerOperands(f, rows, out)) {
      return false;
    }
    long[] y = rights;
    boolean positive = true;
    for (int i = 0; i < rows.count(); i++) {
      positive &= y[i] > 0;
      out[i] %= Math.max(1, y[i]);
    }
    return positive;
  }
}
