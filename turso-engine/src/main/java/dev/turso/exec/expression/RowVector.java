package dev.turso.exec.expression;

import dev.turso.format.RecordBatch;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one leaf that are looked at together: some of a batch, in order.
 *
 * <p>A scan fills it; nodes that can compute a value for all of the rows at once do, in loops without
 * calls, where everybody else goes from row to row. Not thread-safe.
 */
public final class RowVector {

  /** The source whose rows they are. */
  final RowSource source;

  private final RecordBatch batch;

  /** The rows' numbers in the batch. */
  private int[] rows = new int[128];

  private int count;
  private boolean[] mask = {};

  public RowVector(RowSource source, RecordBatch batch) {
    this.source = source;
    this.batch = batch;
  }

  /** Takes the rows of the batch from one on whose keys are not above a bound. */
  public void fill(int first, long high) {
    int end = batch.count();
    while (end > first && batch.key(end - 1) > high) {
      end--;
    }
    if (rows.length < end - first) {
      rows = new int[2 * (end - first)];
    }
    count = end - first;
    for (int i = 0; i < count; i++) {
      rows[i] = first + i;
    }
  }

  /** Rows of another vector by their places there, some perhaps more than once. */
  public RowVector pick(int[] places, int n) {
    RowVector picked = new RowVector(source, batch);
    if (picked.rows.length < n) {
      picked.rows = new int[2 * n];
    }
    picked.count = n;
    for (int i = 0; i < n; i++) {
      picked.rows[i] = rows[places[i]];
    }
    return picked;
  }

  public int count() {
    return count;
  }

  /** Makes a row the current one of its source. */
  public void show(int i) {
    source.rowid = batch.move(rows[i]);
  }

  /** Keeps the rows for which a condition is true. */
  public void filter(Frame f, Node condition) {
    if (mask.length < count) {
      mask = new boolean[rows.length];
    }
    if (!condition.truths(f, this, mask)) {
      for (int i = 0; i < count; i++) {
        show(i);
        mask[i] = condition.truth(f) == 1;
      }
    }
    int kept = 0;
    for (int i = 0; i < count; i++) {
      rows[kept] = rows[i];
      kept += mask[i] ? 1 : 0;
    }
    count = kept;
  }

  boolean isOf(Frame f, int number) {
    return f.rows[number] == source && !source.absent;
  }

  boolean integers(int column, long[] out) {
    return batch.integers(column, rows, count, out);
  }

  boolean reals(int column, double[] out) {
    return batch.reals(column, rows, count, out);
  }

  byte @Nullable [] texts(int column, long[] out) {
    return batch.texts(column, rows, count, out);
  }

  void keys(long[] out) {
    for (int i = 0; i < count; i++) {
      out[i] = batch.key(rows[i]);
    }
  }
}
