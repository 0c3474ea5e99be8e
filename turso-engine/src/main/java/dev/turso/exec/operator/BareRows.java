package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.RowSource;
import dev.turso.value.Comparison;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import java.util.Arrays;

/**
 * The one row of each group that bare columns are taken from: the first one, or the one that holds the
 * minimum or maximum that {@code follows} names.
 */
final class BareRows {

  private final Frame frame;
  private final StoredColumns stored;
  private final int follows;
  private final boolean fromGreatest;
  private final RowBuffer rows;
  private final Register[] none = new Register[0];
  private final Register before = new Register();
  private final Register after = new Register();
  private int[] rowOfGroup = new int[16];

  /**
   * @param follows index of the aggregate whose row is taken, or -1
   * @param fromGreatest whether rows come in the order of an index from its end, the last one first
   */
  BareRows(Frame frame, StoredColumns stored, int follows, boolean fromGreatest) {
    this.frame = frame;
    this.stored = stored;
    this.follows = follows;
    this.fromGreatest = fromGreatest;
    this.rows = new RowBuffer(frame);
  }

  void clear() {
    rows.clear();
  }

  /** Steps all aggregates of a group over the current row and keeps the row if it is the one. */
  void step(AggregateStep[] steps, int group, boolean first) {
    if (follows >= 0 && !first) {
      steps[follows].value(group, before);
      before.keep();
    }
    for (AggregateStep each : steps) {
      each.step(group);
    }
    if (first || follows >= 0 && changed(steps[follows], group)) {
      keep(group);
    }
  }

  /** Whether the row is the extreme one; as long as there are NULLs only, it is the newest of them. */
  private boolean changed(AggregateStep step, int group) {
    step.value(group, after);
    return after.tag != before.tag
        || (after.tag == Tag.NULL
            ? !fromGreatest && step.hasTaken()
            : !Comparison.same(before, after, step.collation()));
  }

  private void keep(int group) {
    if (group >= rowOfGroup.length) {
      rowOfGroup = Arrays.copyOf(rowOfGroup, Math.max(group + 1, group * 2));
    }
    rowOfGroup[group] = rows.add(stored.pack(frame, none));
  }

  /** Makes a group's row the current one of the source; without a row all columns are NULL. */
  void show(int group) {
    RowSource row = frame.rows[stored.source];
    row.absent = group < 0;
    if (group >= 0) {
      rows.read(rowOfGroup[group], row.record);
    }
  }
}
