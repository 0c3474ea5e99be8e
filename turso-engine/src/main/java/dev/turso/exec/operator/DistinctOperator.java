package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.value.Collation;
import dev.turso.value.Register;

/** Each row of the input the first time it comes. */
final class DistinctOperator extends Operator {

  private final Frame frame;
  private final Operator input;
  private final Node[] columns;
  private final Register[] values;
  private final KeyTable seen;

  DistinctOperator(Frame frame, Operator input, Node[] columns, Collation[] collations) {
    this.frame = frame;
    this.input = input;
    this.columns = columns;
    this.values = Registers.create(columns.length);
    this.seen = new KeyTable(collations, frame);
  }

  @Override
  public void open() {
    seen.clear();
    input.open();
  }

  @Override
  public boolean next() {
    while (input.next()) {
      for (int i = 0; i < columns.length; i++) {
        columns[i].evalInto(frame, values[i]);
      }
      if (seen.findOrAdd(values) < 0) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    input.close();
    seen.clear();
  }
}
