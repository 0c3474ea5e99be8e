package dev.turso.exec.operator;

import dev.turso.btree.TableCursor;
import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.exec.expression.RowSource;
import org.jspecify.annotations.Nullable;

/**
 * The rows that any of several index scans finds, each once, in the order they are found: how an OR
 * of conditions on different indexes is answered.
 */
final class RowidUnionOperator extends Operator {

  private final Frame frame;
  private final Operator[] branches;

  /** Of each branch, the source whose rowid names the row. */
  private final int[] sources;

  private final TablePlace place;
  private final @Nullable Node filter;
  private final RowSource row;
  private final LongSet seen = new LongSet();
  private @Nullable TableCursor cursor;
  private int current;

  RowidUnionOperator(
      Frame frame, Operator[] branches, int[] sources, TablePlace place, @Nullable Node filter) {
    this.frame = frame;
    this.branches = branches;
    this.sources = sources;
    this.place = place;
    this.filter = filter;
    this.row = frame.rows[place.source];
  }

  @Override
  public void open() {
    cursor = place.cursor(frame, cursor);
    row.absent = false;
    seen.clear();
    current = 0;
    branches[0].open();
  }

  @Override
  public boolean next() {
    TableCursor c = cursor;
    assert c != null;
    while (true) {
      if (!branches[current].next()) {
        if (current + 1 == branches.length) {
          return false;
        }
        branches[++current].open();
        continue;
      }
      long rowid = frame.rows[sources[current]].rowid;
      if (seen.add(rowid) && c.seek(rowid)) {
        row.rowid = rowid;
        c.read(row.record);
        if (filter == null || filter.truth(frame) == 1) {
          return true;
        }
      }
      frame.tick();
    }
  }

  @Override
  public void close() {}
}
