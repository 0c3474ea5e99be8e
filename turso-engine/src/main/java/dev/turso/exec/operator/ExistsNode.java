package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.value.Tag;

/** {@code [NOT] EXISTS}: whether a query has a row. */
final class ExistsNode extends Node implements Resettable {

  private final Operator query;
  private final boolean negated;
  private final boolean constant;
  private boolean known;
  private int answer;

  ExistsNode(Operator query, boolean negated, boolean constant) {
    this.query = query;
    this.negated = negated;
    this.constant = constant;
  }

  @Override
  public void reset() {
    known = false;
  }

  @Override
  public int truth(Frame f) {
    if (!known) {
      query.open();
      answer = query.next() != negated ? 1 : 0;
      query.close();
      known = constant;
    }
    return answer;
  }

  @Override
  public int eval(Frame f) {
    f.bits = truth(f);
    return Tag.INTEGER;
  }
}
