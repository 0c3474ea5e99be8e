package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.plan.logical.LogicalJoinKind;
import org.jspecify.annotations.Nullable;

/**
 * A join that opens its inner input anew for each outer row.
 *
 * <p>Serves inner, left, semi and anti joins. Of the condition, what could be pushed into the inner
 * input is no longer here.
 */
final class NestedLoopOperator extends Operator {

  private final Frame frame;
  private final Operator outer;
  private final Operator inner;
  private final LogicalJoinKind kind;
  private final @Nullable Node condition;

  /** The sources whose rows are missing where an outer row has no partner. */
  private final int[] padded;

  /** Whether the inner input gives the same rows at every opening. */
  private final boolean innerIsFixed;

  private boolean onOuter;
  private boolean matched;

  NestedLoopOperator(
      Frame frame,
      Operator outer,
      Operator inner,
      LogicalJoinKind kind,
      @Nullable Node condition,
      int[] padded,
      boolean innerIsFixed) {
    this.frame = frame;
    this.outer = outer;
    this.inner = inner;
    this.kind = kind;
    this.condition = condition;
    this.padded = padded;
    this.innerIsFixed = innerIsFixed;
  }

  @Override
  public void open() {
    onOuter = false;
    pad(false);
    outer.open();
  }

  private void pad(boolean absent) {
    for (int each : padded) {
      frame.rows[each].absent = absent;
    }
  }

  @Override
  public boolean next() {
    if (kind.isFilter()) {
      return nextFiltered();
    }
    while (true) {
      if (!onOuter) {
        pad(false);
        if (!outer.next()) {
          return false;
        }
        inner.open();
        onOuter = true;
        matched = false;
      }
      while (inner.next()) {
        if (condition == null || condition.truth(frame) == 1) {
          matched = true;
          return true;
        }
      }
      if (innerIsFixed && !matched) {
        return false;
      }
      onOuter = false;
      if (kind == LogicalJoinKind.LEFT && !matched) {
        pad(true);
        return true;
      }
    }
  }

  private boolean nextFiltered() {
    while (outer.next()) {
      inner.open();
      boolean found = false;
      while (!found && inner.next()) {
        found = condition == null || condition.truth(frame) == 1;
      }
      if (found == (kind == LogicalJoinKind.SEMI)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    outer.close();
    inner.close();
  }
}
