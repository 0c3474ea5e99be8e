package dev.turso.exec.operator;

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

  /** Gives up what the operator holds; it may be opened again. Closing twice does nothing. */
  public abstract void close();
}
