package dev.turso.exec.expression;

import dev.turso.value.Register;
import dev.turso.value.Tag;

/** A bound parameter; one that is not bound is NULL. */
final class ParameterNode extends Node {

  private final int index;

  /**
   * @param index from 0
   */
  ParameterNode(int index) {
    this.index = index;
  }

  @Override
  public int eval(Frame f) {
    Register[] parameters = f.parameters;
    if (index >= parameters.length) {
      return Tag.NULL;
    }
    Register p = parameters[index];
    f.bits = p.bits;
    f.ref = p.ref;
    return p.tag;
  }
}
