package dev.turso.exec.expression;

import dev.turso.value.Tag;

/**
 * An expression that is computed at most once per row, when it is first asked for.
 *
 * <p>The operator that defines the column says {@link #forget()} when its row moves. The column of a
 * subquery that this is does not tell whether its value is known to be JSON: it has no subtype.
 */
public final class MemoNode extends Node {

  private final Node value;
  private boolean known;
  private int tag;
  private long bits;
  private byte[] ref = {};

  public MemoNode(Node value) {
    this.value = value;
  }

  /** The row has moved. */
  public void forget() {
    known = false;
  }

  @Override
  public int eval(Frame f) {
    if (!known) {
      tag = value.eval(f);
      bits = f.bits;
      if (tag >= Tag.TEXT) {
        ref = f.ref;
      }
      known = true;
      return tag;
    }
    f.bits = bits;
    if (tag >= Tag.TEXT) {
      f.ref = ref;
    }
    return tag;
  }
}
