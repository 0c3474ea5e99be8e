package dev.turso.exec.expression;

import dev.turso.value.Arithmetic;
import dev.turso.value.Tag;

/** {@code a + b}. */
final class AddNode extends BinaryNode {

  AddNode(Node left, Node right) {
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
      long sum = x + y;
      if (((x ^ sum) & (y ^ sum)) >= 0) {
        f.bits = sum;
        return Tag.INTEGER;
      }
    }
    a.set(tagA, x, refA);
    b.set(tagB, y, f.ref);
    Arithmetic.add(a, b, a);
    return give(f, a);
  }

  @Override
  public boolean integers(Frame f, RowVector rows, long[] out) {
    if (!integerOperands(f, rows, out)) {
      return false;
    }
    long[] y = rights;
    long overflow = 0;
    for (int i = 0; i < rows.count(); i++) {
      long sum = out[i] + y[i];
      overflow |= (out[i] ^ sum) & (y[i] ^ sum);
      out[i] = sum;
    }
    return overflow >= 0;
  }
}
