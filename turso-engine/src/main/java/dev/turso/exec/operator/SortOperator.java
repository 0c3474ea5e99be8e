package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.value.Register;
import org.jspecify.annotations.Nullable;

/**
 * All rows of the input, in order; equal ones stay in the order they came. What does not fit into memory
 * is sorted in runs, which a temporary file keeps.
 */
final class SortOperator extends Operator {

  /** What sorting needs for a row beside its bytes. */
  private static final long PER_ROW = 40;

  private final Frame frame;
  private final Operator input;
  private final Node[] keys;
  private final RowOrder order;
  private final StoredColumns stored;
  private final Register[] keyValues;
  private final RowBuffer rows = new RowBuffer();
  private int[] sorted = {};
  private int at;
  private boolean filled;

  /** Rows that did not fit; null while all do. */
  private @Nullable SortedRuns runs;

  SortOperator(Frame frame, Operator input, Node[] keys, RowOrder order, StoredColumns stored) {
    this.frame = frame;
    this.input = input;
    this.keys = keys;
    this.order = order;
    this.stored = stored;
    this.keyValues = Registers.create(keys.length);
  }

  @Override
  public void open() {
    filled = false;
    clear();
    input.open();
  }

  @Override
  public boolean next() {
    if (!filled) {
      fill();
    }
    if (runs != null) {
      return runs.next(frame.rows[stored.source].record);
    }
    if (at == sorted.length) {
      return false;
    }
    rows.read(sorted[at++], frame.rows[stored.source].record);
    return true;
  }

  private void fill() {
    long limit = frame.temporary().bytesInMemory();
    while (input.next()) {
      for (int i = 0; i < keys.length; i++) {
        keys[i].evalInto(frame, keyValues[i]);
      }
      rows.add(stored.pack(frame, keyValues));
      if (rows.bytes() + rows.size() * PER_ROW > limit) {
        spill();
      }
    }
    input.close();
    if (runs != null) {
      spill();
      runs.beginMerge();
    } else {
      sorted = new RowSorter(rows, order).sort();
    }
    at = 0;
    filled = true;
  }

  private void spill() {
    SortedRuns to = runs;
    if (to == null) {
      to = new SortedRuns(frame, order);
      runs = to;
    }
    to.add(rows, new RowSorter(rows, order).sort());
    rows.clear();
  }

  private void clear() {
    rows.clear();
    sorted = new int[0];
    if (runs != null) {
      runs.close();
      runs = null;
    }
  }

  @Override
  public void close() {
    input.close();
    clear();
  }
}
