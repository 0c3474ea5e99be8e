package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.value.Register;

/** A column of the first row of a query; NULL if it has none. */
final class ScalarSubqueryNode extends Node implements Resettable {

  private final Operator query;
  private final Node column;

  /** Whether the value is the same throughout an execution. */
  private final boolean constant;

  private final Register value = new Register();
  private boolean known;

  ScalarSubqueryNode(Operator query, Node column, boolean constant) {
    this.query = query;
    this.column = column;
    this.constant = constant;
  }

  @Override
  public void reset() {
    known = false;
  }

  @Override
  public int eval(Frame f) {
    if (!known) {
      query.open();
      if (query.next()) {
        column.evalInto(f, value);
        value.keep();
      } else {
        value.setNull();
      }
      query.close();
      known = constant;
    }
    f.bits = value.bits;
    f.ref = value.ref;
    return value.tag;
  }
}
