package dev.turso.exec.operator;

import dev.turso.exec.expression.RowVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The pairs that the outer rows which a join took together make with their partners. */
final class JoinedRows {

  private int[] outers = new int[128];
  private int[] inners = new int[128];
  private int count;
  private @Nullable RowVector vector;

  void begin() {
    count = 0;
    vector = null;
  }

  void add(int outer, int inner) {
    if (count == outers.length) {
      outers = Arrays.copyOf(outers, count * 2);
      inners = Arrays.copyOf(inners, count * 2);
    }
    outers[count] = outer;
    inners[count++] = inner;
  }

  int count() {
    return count;
  }

  /** Which of the outer rows a pair is of. */
  int outer(int pair) {
    return outers[pair];
  }

  /** The number of a pair's inner row. */
  int inner(int pair) {
    return inners[pair];
  }

  /** The outer rows, one for each pair, where they can be computed with together. */
  @Nullable RowVector vector(@Nullable RowVector outerRows) {
    if (vector == null && outerRows != null) {
      vector = outerRows.pick(outers, count);
    }
    return vector;
  }
}
