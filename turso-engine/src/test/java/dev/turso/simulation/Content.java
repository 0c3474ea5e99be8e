package dev.turso.simulation;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What a database file holds. Immutable.
 *
 * @param rows of the table with rowids
 * @param keyed rows of the table without
 * @param hasIndex whether the index is there that comes and goes
 */
record Content(SortedMap<Integer, Row> rows, SortedMap<Integer, Row> keyed, boolean hasIndex) {

  static final Content EMPTY = new Content(new TreeMap<>(), new TreeMap<>(), false);

  Content {
    rows = Collections.unmodifiableSortedMap(rows);
    keyed = Collections.unmodifiableSortedMap(keyed);
  }

  SortedMap<Integer, Row> table(boolean ofKeyed) {
    return ofKeyed ? keyed : rows;
  }

  /** This with one of the tables changed. */
  Content with(boolean ofKeyed, UnaryOperator<TreeMap<Integer, Row>> change) {
    SortedMap<Integer, Row> changed = change.apply(new TreeMap<>(table(ofKeyed)));
    return ofKeyed ? new Content(rows, changed, hasIndex) : new Content(changed, keyed, hasIndex);
  }

  Content withIndex(boolean index) {
    return new Content(rows, keyed, index);
  }

  /** What is different in another, in few words. */
  String difference(Content other) {
    return difference("t", rows, other.rows)
        + difference("w", keyed, other.keyed)
        + (hasIndex == other.hasIndex ? "" : " index " + hasIndex + "/" + other.hasIndex);
  }

  private static String difference(
      String table, SortedMap<Integer, Row> one, SortedMap<Integer, Row> other) {
    TreeMap<Integer, Row> keys = new TreeMap<>(one);
    keys.putAll(other);
    StringBuilder text = new StringBuilder();
    int count = 0;
    for (Integer key : keys.keySet()) {
      Row a = one.get(key);
      Row b = other.get(key);
      if (a == null || !a.equals(b)) {
        count++;
        if (count <= 3) {
          text.append(' ').append(table).append(key).append(": ").append(a).append('/').append(b);
        }
      }
    }
    return count > 3 ? text + " and " + (count - 3) + " more" : text.toString();
  }

  @Override
  public String toString() {
    return "[" + rows.size() + " rows, " + keyed.size() + " keyed, #" + (hashCode() & 0xffff) + "]";
  }
}
