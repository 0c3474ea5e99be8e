package dev.turso.exec.expression;

import dev.turso.value.Arithmetic;

/** {@code a / b}. */
final class DivideNode extends BinaryNode {

  DivideNode(Node left, Node right) {
    super(left, right);
  }

  @Override
  public int eval(Frame f) {
    operands(f);
    Arithmetic.divide(a, b, a);
    return give(f, a);
  }
}
