package dev.turso.jdbc;

import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which generated keys a caller wants back: none, the table's own key, or columns by their name or
 * position.
 *
 * <p>They are had by {@code RETURNING}, so that every row of a batch and of a multi-row INSERT answers
 * with its key, under the key column's real name.
 *
 * @param columns names; empty for the table's own key or where positions are given
 * @param positions of the table's columns, from 1
 */
record GeneratedKeys(boolean wanted, List<String> columns, List<Integer> positions) {

  static final GeneratedKeys NONE = new GeneratedKeys(false, List.of(), List.of());
  static final GeneratedKeys DEFAULT = new GeneratedKeys(true, List.of(), List.of());

  static GeneratedKeys ofFlag(int flag) {
    return flag == Statement.RETURN_GENERATED_KEYS ? DEFAULT : NONE;
  }

  static GeneratedKeys ofColumns(String @Nullable [] columns) {
    return columns == null || columns.length == 0
        ? NONE
        : new GeneratedKeys(true, List.of(columns), List.of());
  }

  static GeneratedKeys ofPositions(int @Nullable [] positions) {
    if (positions == null || positions.length == 0) {
      return NONE;
    }
    Integer[] boxed = new Integer[positions.length];
    for (int i = 0; i < boxed.length; i++) {
      boxed[i] = positions[i];
    }
    return new GeneratedKeys(true, List.of(), List.of(boxed));
  }
}
