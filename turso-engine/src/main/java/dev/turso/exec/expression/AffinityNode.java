package dev.turso.exec.expression;

import dev.turso.value.Affinity;
import dev.turso.value.Register;

/** A value bent towards an affinity as storing it does. */
public final class AffinityNode extends Node {

  private final Node operand;
  private final Affinity affinity;
  private final Register a = new Register();

  public AffinityNode(Node operand, Affinity affinity) {
    this.operand = operand;
    this.affinity = affinity;
  }

  @Override
  public int eval(Frame f) {
    a.set(operand.eval(f), f.bits, f.ref);
    affinity.apply(a);
    return BinaryNode.give(f, a);
  }
}
