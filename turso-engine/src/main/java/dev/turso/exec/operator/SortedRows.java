package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.value.Register;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are put in order; equal ones stay in the order they came. What does not fit into memory is
 * sorted in runs, which a temporary file keeps.
 */
final class SortedRows {

  /** What sorting needs for a row beside its bytes. */
  private static final long PER_ROW = 40;

  private final Frame frame;
  private final RowOrder order;
  private final StoredColumns stored;
  private final RowBuffer rows = new RowBuffer();
  private int[] sorted = {};
  private int at;
  private long limit = -1;

  /** Rows that did not fit; null while all do. */
  private @Nullable SortedRuns runs;

  SortedRows(Frame frame, RowOrder order, StoredColumns stored) {
    this.frame = frame;
    this.order = order;
    this.stored = stored;
  }

  /** Takes the current row under the keys given. */
  void add(Register[] keys) {
    if (limit < 0) {
      limit = frame.temporary().bytesInMemory();
    }
    rows.add(stored.pack(frame, keys));
    if (rows.bytes() + rows.size() * PER_ROW > limit) {
      spill();
    }
  }

  /** All rows have been added: {@link #next} gives them. */
  void finish() {
    if (runs != null) {
      spill();
      runs.beginMerge();
    } else {
      sorted = new RowSorter(rows, order).sort();
    }
    at = 0;
  }

  /** Puts the next row at the source of the stored columns. */
  boolean next() {
    if (runs != null) {
      return runs.next(frame.rows[stored.source].record);
    }
    if (at == sorted.length) {
      return false;
    }
    rows.read(sorted[at++], frame.rows[stored.source].record);
    return true;
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

  /** Forgets all rows. */
  void clear() {
    rows.clear();
    limit = -1;
    sorted = new int[0];
    at = 0;
    if (runs != null) {
      runs.close();
      runs = null;
    }
  }
}
