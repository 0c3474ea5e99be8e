package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import org.jspecify.annotations.Nullable;

/** {@code SELECT count(*) FROM t}: counted from the pages of the smallest B-tree, without rows. */
final class CountOperator extends Operator {

  private final Frame frame;
  private final @Nullable TablePlace table;
  private final @Nullable IndexPlace index;
  private final int slot;
  private boolean given;

  CountOperator(Frame frame, @Nullable TablePlace table, @Nullable IndexPlace index, int slot) {
    this.frame = frame;
    this.table = table;
    this.index = index;
    this.slot = slot;
  }

  @Override
  public void open() {
    given = false;
  }

  @Override
  public boolean next() {
    if (given) {
      return false;
    }
    given = true;
    long count = 0;
    if (table != null) {
      count = table.cursor(frame, null).count();
    } else if (index != null) {
      count = index.cursor(frame, null).count();
    }
    frame.slots[slot].setInteger(count);
    return true;
  }

  @Override
  public void close() {}
}
