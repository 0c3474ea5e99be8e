package dev.turso.exec.operator;

import dev.turso.exec.expression.RowVector;
import org.jspecify.annotations.Nullable;

/**
 * A step of a running query that gives rows one at a time.
 *
 * <p>A row is not an object: after {@link #next} has said true, the columns of the operator stand in
 * the frame at locations that were settled when the executable was built, and stay there until the
 * next call. Not thread-safe.
 */
public abstract class Operator {

  /** Starts, or starts again, before the first row. Outer rows are current in the frame. */
  public abstract void open();

  /** Moves to the next row; false after the last one, and then not called again before open. */
  public abstract boolean next();

  /**
   * Moves to the next rows, of which there may be several where that costs less: how many, 0 after the
   * last. Serves in place of {@link #next} from one opening to the next, for who takes all rows;
   * conditions are then evaluated for more than one row before the first is looked at.
   */
  public int nextRows() {
    return next() ? 1 : 0;
  }

  /** Makes one of the rows that {@link #nextRows} moved to the current one. */
  public void show(int i) {}

  /** The rows that {@link #nextRows} moved to, where nodes can compute with them together. */
  public @Nullable RowVector vector() {
    return null;
  }

  /** Gives up what the operator holds; it may be opened again. Closing twice does nothing. */
  public abstract void close();
}
