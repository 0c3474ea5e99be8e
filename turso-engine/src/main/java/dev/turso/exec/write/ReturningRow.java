package dev.turso.exec.write;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.exec.operator.Executable;

/**
 * The expressions of RETURNING.
 *
 * @param subqueries opening it makes the subqueries among them be computed anew
 * @param mayFail false where they only read columns
 */
record ReturningRow(Node[] values, Executable subqueries, boolean mayFail) {

  void addTo(RowBuffer rows, Frame f) {
    subqueries.open();
    rows.add(f, values);
    subqueries.close();
  }
}
