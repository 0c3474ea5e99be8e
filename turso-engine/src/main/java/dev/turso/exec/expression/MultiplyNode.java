package dev.turso.exec.expression;

import dev.turso.value.Arithmetic;
import dev.turso.value.Tag;

/** {@code a * b}. */
final class MultiplyNode extends BinaryNode {

  MultiplyNode(Node left, Node right) {
    super(left, right);
  }

  @Override
  public int eval(Frame f) {
    int tagA = left.eval(f);
    long x = f.bits;
    byte[] refA = f.ref;
    int tagB = right.eval(f);
    long y = f.bits;
    if (tagA == Tag.INTEGER && tagB == Tag.INTEGER) {
      long product = x * y;
      if (Math.multiplyHigh(x, y) == product >> 63) {
        f.bits = product;
        return Tag.INTEGER;
      }
    }
    a.set(tagA, x, refA);
    b.set(tagB, y, f.ref);
    Arithmetic.multiply(a, b, a);
    return give(f, a);
  }

  @Override
  public boolean integers(Frame f, RowVector rows, long[] out) {
    if (!integerOperands(f, rows, out)) {
      return false;
    }
    long[] y = rights;
    boolean fits = true;
    for (int i = 0; i < rows.count(); i++) {
      long product = out[i] * y[i];
      fits &= Math.multiplyHigh(out[i], y[i]) == product >> 63;
      out[i] = product;
    }
    return fits;
  }
}
