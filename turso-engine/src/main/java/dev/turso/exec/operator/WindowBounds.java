package dev.turso.exec.operator;

import dev.turso.error.SqlException;
import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.plan.logical.SortKey;
import dev.turso.plan.logical.WindowCall;
import dev.turso.sql.ast.WindowFrame;
import dev.turso.value.Affinity;
import dev.turso.value.Arithmetic;
import dev.turso.value.Comparison;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import org.jspecify.annotations.Nullable;

/** Which positions around the current one a function sees: computed anew for each row. */
final class WindowBounds {

  private final Frame frame;
  private final WindowRows rows;
  private final WindowCall.Frame shape;
  private final @Nullable Node startNode;
  private final @Nullable Node endNode;
  private final Register startOffset = new Register();
  private final Register endOffset = new Register();
  private final Register current = new Register();
  private final Register bound = new Register();
  private final Register other = new Register();

  /** The frame: from {@code start} up to, not including, {@code end}; never start beyond end. */
  int start;

  int end;

  /** Where the last search by value ended: within a partition bounds only move forward. */
  private int startedAt;

  private int endedAt;

  /** What EXCLUDE takes out of it: a run of positions and, with TIES, the current row left in. */
  int holeStart;

  int holeEnd;
  int kept;

  WindowBounds(
      Frame frame,
      WindowRows rows,
      WindowCall.Frame shape,
      @Nullable Node startNode,
      @Nullable Node endNode) {
    this.frame = frame;
    this.rows = rows;
    this.shape = shape;
    this.startNode = startNode;
    this.endNode = endNode;
  }

  boolean excludes() {
    return shape.exclude() != WindowFrame.Exclude.NO_OTHERS;
  }

  /** Evaluates the offsets, on the first row of the partition. */
  void begin() {
    startedAt = rows.partitionStart;
    endedAt = rows.partitionStart;
    if (startNode == null && endNode == null) {
      return;
    }
    rows.show(rows.partitionStart);
    offset(startNode, startOffset, "starting");
    offset(endNode, endOffset, "ending");
  }

  private void offset(@Nullable Node node, Register out, String which) {
    if (node == null) {
      return;
    }
    node.evalInto(frame, out);
    boolean range = shape.unit() == WindowFrame.Unit.RANGE;
    if (!range || out.tag == Tag.TEXT) {
      Affinity.NUMERIC.apply(out);
    }
    boolean number = range && out.tag == Tag.REAL || out.tag == Tag.INTEGER;
    if (!number || out.asDouble() < 0) {
      throw new SqlException(
          "frame " + which + " offset must be a non-negative " + (range ? "number" : "integer"));
    }
  }

  void compute(int at) {
    switch (shape.unit()) {
      case ROWS -> rowBounds(at);
      case GROUPS -> groupBounds(at);
      case RANGE -> rangeBounds(at);
    }
    start = Math.max(start, rows.partitionStart);
    end = Math.min(end, rows.partitionEnd);
    if (start > end) {
      start = end;
    }
    exclude(at);
  }

  private int clamp(long position) {
    return (int) Math.max(rows.partitionStart, Math.min(rows.partitionEnd, position));
  }

  private static long plus(long position, long offset) {
    return offset > Integer.MAX_VALUE ? Integer.MAX_VALUE : position + offset;
  }

  private static long minus(long position, long offset) {
    return offset > Integer.MAX_VALUE ? Integer.MIN_VALUE : position - offset;
  }

  private void rowBounds(int at) {
    start =
        switch (shape.start()) {
          case UNBOUNDED_PRECEDING -> rows.partitionStart;
          case PRECEDING -> clamp(minus(at, startOffset.bits));
          case CURRENT_ROW -> at;
          case FOLLOWING -> clamp(plus(at, startOffset.bits));
          case UNBOUNDED_FOLLOWING -> rows.partitionEnd;
        };
    end =
        switch (shape.end()) {
          case UNBOUNDED_PRECEDING -> rows.partitionStart;
          case PRECEDING -> clamp(minus(at, endOffset.bits) + 1);
          case CURRENT_ROW -> at + 1;
          case FOLLOWING -> clamp(plus(at, endOffset.bits) + 1);
          case UNBOUNDED_FOLLOWING -> rows.partitionEnd;
        };
  }

  private int groupStart(long group) {
    if (group < 0) {
      return rows.partitionStart;
    }
    return group >= rows.groups ? rows.partitionEnd : rows.groupStarts[(int) group];
  }

  private void groupBounds(int at) {
    int group = rows.group(at);
    start =
        switch (shape.start()) {
          case UNBOUNDED_PRECEDING -> rows.partitionStart;
          case PRECEDING -> groupStart(minus(group, startOffset.bits));
          case CURRENT_ROW -> groupStart(group);
          case FOLLOWING -> groupStart(plus(group, startOffset.bits));
          case UNBOUNDED_FOLLOWING -> rows.partitionEnd;
        };
    end =
        switch (shape.end()) {
          case UNBOUNDED_PRECEDING -> rows.partitionStart;
          case PRECEDING -> groupStart(minus(group, endOffset.bits) + 1);
          case CURRENT_ROW -> groupStart(group + 1L);
          case FOLLOWING -> groupStart(plus(group, endOffset.bits) + 1);
          case UNBOUNDED_FOLLOWING -> rows.partitionEnd;
        };
  }

  private void rangeBounds(int at) {
    int group = rows.group(at);
    start =
        switch (shape.start()) {
          case UNBOUNDED_PRECEDING -> rows.partitionStart;
          case PRECEDING -> rangeStart(at, group, false);
          case CURRENT_ROW -> groupStart(group);
          case FOLLOWING -> rangeStart(at, group, true);
          case UNBOUNDED_FOLLOWING -> rows.partitionEnd;
        };
    end =
        switch (shape.end()) {
          case UNBOUNDED_PRECEDING -> rows.partitionStart;
          case PRECEDING -> rangeEnd(at, group, false);
          case CURRENT_ROW -> groupStart(group + 1L);
          case FOLLOWING -> rangeEnd(at, group, true);
          case UNBOUNDED_FOLLOWING -> rows.partitionEnd;
        };
  }

  /** Whether the current row has a number, from which others may be so far away. */
  private boolean boundary(int at) {
    rows.orderValue(at, current);
    return current.tag == Tag.INTEGER || current.tag == Tag.REAL;
  }

  private int rangeStart(int at, int group, boolean following) {
    if (!boundary(at)) {
      return groupStart(group);
    }
    int position = startedAt;
    while (position < rows.partitionEnd && side(position, startOffset, following) < 0) {
      position++;
    }
    startedAt = position;
    return position;
  }

  private int rangeEnd(int at, int group, boolean following) {
    if (!boundary(at)) {
      return groupStart(group + 1L);
    }
    int position = endedAt;
    while (position < rows.partitionEnd && side(position, endOffset, following) <= 0) {
      position++;
    }
    endedAt = position;
    return position;
  }

  /**
   * Whether the row at a position comes before, at or after the boundary in the window's order. The
   * offset is added to the row that comes first, as SQLite does: where numbers are rounded it
   * matters to which.
   */
  private int side(int position, Register offset, boolean following) {
    SortKey key = rows.orderKeys.get(0);
    rows.orderValue(position, other);
    if (other.isNull()) {
      return key.nullsFirst() ? -1 : 1;
    }
    int c;
    if (following) {
      move(current, offset, key.descending());
      c = Comparison.compare(other, bound, key.collation());
    } else if (other.tag == Tag.INTEGER || other.tag == Tag.REAL) {
      move(other, offset, key.descending());
      c = Comparison.compare(bound, current, key.collation());
    } else {
      c = Comparison.compare(other, current, key.collation());
    }
    return key.descending() ? -c : c;
  }

  private void move(Register from, Register offset, boolean down) {
    if (down) {
      Arithmetic.subtract(from, offset, bound);
    } else {
      Arithmetic.add(from, offset, bound);
    }
  }

  private void exclude(int at) {
    kept = -1;
    switch (shape.exclude()) {
      case NO_OTHERS -> {
        holeStart = 0;
        holeEnd = 0;
      }
      case CURRENT_ROW -> {
        holeStart = at;
        holeEnd = at + 1;
      }
      case GROUP, TIES -> {
        holeStart = groupStart(rows.group(at));
        holeEnd = groupStart(rows.group(at) + 1L);
        kept = shape.exclude() == WindowFrame.Exclude.TIES ? at : -1;
      }
    }
  }

  /** Whether a position between start and end is seen. */
  boolean sees(int position) {
    return position < holeStart || position >= holeEnd || position == kept;
  }
}
