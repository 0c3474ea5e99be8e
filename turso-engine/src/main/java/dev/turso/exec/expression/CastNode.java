package dev.turso.exec.expression;

import dev.turso.value.Affinity;
import dev.turso.value.Cast;
import dev.turso.value.Register;

/** {@code CAST(a AS type)}. */
final class CastNode extends Node {

  private final Node operand;
  private final Affinity target;
  private final Register a = new Register();

  CastNode(Node operand, Affinity target) {
    this.operand = operand;
    this.target = target;
  }

  @Override
  public int eval(Frame f) {
    a.set(operand.eval(f), f.bits, f.ref);
    Cast.apply(target, a);
    return BinaryNode.give(f, a);
  }
}
