package dev.turso.exec.expression;

import dev.turso.value.Register;
import dev.turso.value.Tag;
import dev.turso.value.TextToNumber;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An expression ready to run.
 *
 * <p>Not thread-safe: a node may keep buffers, and serves one execution at a time.
 */
public abstract class Node {

  /** What {@link #truth} gives for a value that is neither true nor false. */
  public static final int UNKNOWN = 2;

  /**
   * Computes the value.
   *
   * @return its tag; bits and reference are in the frame's lane, meaningless if the tag is NULL
   */
  public abstract int eval(Frame f);

  /** Computes the value as a condition: 0 false, 1 true, {@link #UNKNOWN} for NULL. */
  public int truth(Frame f) {
    return truthOf(eval(f), f);
  }

  /**
   * Computes the value for many rows at once, if it is an integer for each of them.
   *
   * @return false if it is not, or this node does not know how: then rows are to be taken singly
   */
  public boolean integers(Frame f, RowVector rows, long[] out) {
    return false;
  }

  /** As {@link #integers}, if the value is a number for each row and compares as a REAL. */
  public boolean reals(Frame f, RowVector rows, double[] out) {
    return false;
  }

  /**
   * As {@link #integers}, if the value is TEXT for each row.
   *
   * @param out the slices, as {@link Tag} explains them
   * @return the array that they are of, or null
   */
  byte @Nullable [] texts(Frame f, RowVector rows, long[] out) {
    return null;
  }

  /** As {@link #integers}, as a condition: whether it is true for each row. */
  boolean truths(Frame f, RowVector rows, boolean[] out) {
    return false;
  }

  /** The conditions that hold together when this one does, in order. */
  public void conjuncts(List<Node> into) {
    into.add(this);
  }

  /** Whether evaluation leaves the value's subtype in the frame. */
  public boolean hasSubtype() {
    return false;
  }

  /** Computes the value into a register; slices are shared, not copied. */
  public final void evalInto(Frame f, Register target) {
    int tag = eval(f);
    target.tag = tag;
    target.bits = f.bits;
    if (tag >= Tag.TEXT) {
      target.ref = f.ref;
    }
    target.subtype = hasSubtype() ? f.subtype : 0;
  }

  /** The value in the lane as a condition. */
  static int truthOf(int tag, Frame f) {
    return switch (tag) {
      case Tag.NULL -> UNKNOWN;
      case Tag.INTEGER -> f.bits != 0 ? 1 : 0;
      case Tag.REAL -> Double.longBitsToDouble(f.bits) != 0 ? 1 : 0;
      default ->
          TextToNumber.prefixDouble(f.ref, Tag.offset(f.bits), Tag.length(f.bits)) != 0 ? 1 : 0;
    };
  }
}
