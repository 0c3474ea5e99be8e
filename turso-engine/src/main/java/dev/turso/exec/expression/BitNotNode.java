package dev.turso.exec.expression;

import dev.turso.value.Arithmetic;
import dev.turso.value.Register;

/** {@code ~a}. */
final class BitNotNode extends Node {

  private final Node operand;
  private final Register a = new Register();

  BitNotNode(Node operand) {
    this.operand = operand;
  }

  @Override
  public int eval(Frame f) {
    a.set(operand.eval(f), f.bits, f.ref);
    Arithmetic.bitNot(a, a);
    return BinaryNode.give(f, a);
  }
}
