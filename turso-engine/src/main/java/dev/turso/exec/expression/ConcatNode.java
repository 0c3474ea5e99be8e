package dev.turso.exec.expression;

import dev.turso.value.Arithmetic;

/** {@code a || b}. */
final class ConcatNode extends BinaryNode {

  ConcatNode(Node left, Node right) {
    super(left, right);
  }

  @Override
  public int eval(Frame f) {
    operands(f);
    Arithmetic.concatenate(a, b, a);
    return give(f, a);
  }
}
