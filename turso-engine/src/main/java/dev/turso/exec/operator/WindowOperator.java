package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.value.Register;

/**
 * Window functions over one partition and order: the input is kept and sorted, then walked partition by
 * partition; each row comes out with the functions' values beside it.
 */
final class WindowOperator extends Operator {

  private final Frame frame;
  private final Operator input;
  private final Node[] keys;
  private final RowOrder order;
  private final StoredColumns stored;
  private final WindowRows rows;
  private final WindowFunction[] functions;
  private final Register[] keyValues;
  private boolean filled;
  private int at;

  WindowOperator(
      Frame frame,
      Operator input,
      Node[] keys,
      RowOrder order,
      StoredColumns stored,
      WindowRows rows,
      WindowFunction[] functions) {
    this.frame = frame;
    this.input = input;
    this.keys = keys;
    this.order = order;
    this.stored = stored;
    this.rows = rows;
    this.functions = functions;
    this.keyValues = Registers.create(keys.length);
  }

  @Override
  public void open() {
    filled = false;
    rows.buffer.clear();
    input.open();
  }

  @Override
  public boolean next() {
    if (!filled) {
      fill();
    }
    if (at == rows.size()) {
      return false;
    }
    if (at == rows.partitionEnd) {
      beginPartition();
    }
    for (WindowFunction each : functions) {
      each.compute(at);
    }
    rows.show(at++);
    frame.tick();
    return true;
  }

  private void fill() {
    while (input.next()) {
      for (int i = 0; i < keys.length; i++) {
        keys[i].evalInto(frame, keyValues[i]);
      }
      rows.buffer.add(stored.pack(frame, keyValues));
    }
    input.close();
    rows.sort(order);
    at = 0;
    filled = true;
    for (WindowFunction each : functions) {
      each.begin();
    }
  }

  private void beginPartition() {
    rows.beginPartition(at);
    for (WindowFunction each : functions) {
      each.beginPartition();
    }
  }

  @Override
  public void close() {
    input.close();
    rows.clear();
  }
}
