package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.value.Collation;
import dev.turso.value.Register;
import java.util.Arrays;
import java.util.BitSet;

/**
 * UNION, INTERSECT and EXCEPT: rows once each, in the order of their values. Of rows that are equal but
 * not the same, the first one is given, and of a UNION the first one of the right side if it has any:
 * SQLite, which merges its sides, does the same.
 */
final class SetOperator extends Operator {

  private final Frame frame;
  private final dev.turso.plan.logical.SetOperator kind;
  private final Operator left;
  private final Operator right;
  private final Node[] leftColumns;
  private final Node[] rightColumns;
  private final Register[] values;
  private final KeyTable table;
  private final int source;
  private boolean[] present = {};
  private int[] order = {};
  private int at;
  private boolean filled;

  SetOperator(
      Frame frame,
      dev.turso.plan.logical.SetOperator kind,
      Operator left,
      Node[] leftColumns,
      Operator right,
      Node[] rightColumns,
      Collation[] collations,
      int source) {
    this.frame = frame;
    this.kind = kind;
    this.left = left;
    this.right = right;
    this.leftColumns = leftColumns;
    this.rightColumns = rightColumns;
    this.values = Registers.create(leftColumns.length);
    this.table = new KeyTable(collations, frame);
    this.source = source;
  }

  @Override
  public void open() {
    table.clear();
    filled = false;
  }

  @Override
  public boolean next() {
    if (!filled) {
      fill();
    }
    while (at < order.length) {
      int row = order[at++];
      if (present[row]) {
        table.read(row, frame.rows[source].record);
        return true;
      }
    }
    return false;
  }

  private void fill() {
    collect(left, leftColumns);
    switch (kind) {
      case INTERSECT -> {
        present = new boolean[table.size()];
        mark(true);
      }
      case EXCEPT -> {
        present = new boolean[table.size()];
        Arrays.fill(present, true);
        mark(false);
      }
      default -> {
        merge();
        present = new boolean[table.size()];
        Arrays.fill(present, true);
      }
    }
    order = table.sorted();
    at = 0;
    filled = true;
  }

  private void collect(Operator input, Node[] columns) {
    input.open();
    while (input.next()) {
      evaluate(columns);
      table.findOrAdd(values);
    }
    input.close();
  }

  private void merge() {
    int leftRows = table.size();
    BitSet replaced = new BitSet(leftRows);
    right.open();
    while (right.next()) {
      evaluate(rightColumns);
      int row = table.findOrAdd(values);
      if (row >= 0 && row < leftRows && !replaced.get(row)) {
        replaced.set(row);
        table.replace(row, values);
      }
    }
    right.close();
  }

  private void mark(boolean as) {
    right.open();
    while (right.next()) {
      evaluate(rightColumns);
      int row = table.find(values);
      if (row >= 0) {
        present[row] = as;
      }
    }
    right.close();
  }

  private void evaluate(Node[] columns) {
    for (int i = 0; i < columns.length; i++) {
      columns[i].evalInto(frame, values[i]);
    }
  }

  @Override
  public void close() {
    left.close();
    right.close();
    table.clear();
    order = new int[0];
  }
}
