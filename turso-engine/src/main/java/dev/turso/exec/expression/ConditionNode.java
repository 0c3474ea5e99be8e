package dev.turso.exec.expression;

import dev.turso.value.Tag;

/** A node whose value is 1, 0 or NULL: it computes {@link #truth}, and its value follows. */
abstract class ConditionNode extends Node {

  @Override
  public abstract int truth(Frame f);

  @Override
  public final int eval(Frame f) {
    int truth = truth(f);
    f.bits = truth;
    return truth == UNKNOWN ? Tag.NULL : Tag.INTEGER;
  }
}
