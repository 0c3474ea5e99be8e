package dev.turso.bind;

import dev.turso.schema.Names;
import dev.turso.sql.ast.JoinKind;
import java.util.List;

/**
 * Which sources of a scope a join brings together: those from {@code start} on with those from {@code
 * middle} on, up to {@code end}.
 *
 * @param using the columns that USING or NATURAL merges, empty if none
 */
record FromJoin(int start, int middle, int end, JoinKind kind, List<String> using) {

  /** Whether this is the join where the ways from two sources meet. */
  boolean joins(int one, int other) {
    return hasOnLeft(one) && hasOnRight(other) || hasOnLeft(other) && hasOnRight(one);
  }

  boolean hasOnRight(int source) {
    return middle <= source && source < end;
  }

  boolean hasOnLeft(int source) {
    return start <= source && source < middle;
  }

  boolean merges(String column) {
    for (String each : using) {
      if (Names.same(each, column)) {
        return true;
      }
    }
    return false;
  }
}
