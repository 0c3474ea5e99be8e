package dev.turso.jdbc;

import java.sql.Statement;

/**
 * Which generated keys a caller wants back: none, the table's own key, or named columns.
 *
 * <p>They are had by {@code RETURNING}, so that every row of a batch and of a multi-row INSERT answers
 * with its key, under the key column's real name.
 */
record GeneratedKeys(boolean wanted, String... columns) {

  static final GeneratedKeys NONE = new GeneratedKeys(false);
  static final GeneratedKeys DEFAULT = new GeneratedKeys(true);

  static GeneratedKeys ofFlag(int flag) {
    return flag == Statement.RETURN_GENERATED_KEYS ? DEFAULT : NONE;
  }

  static GeneratedKeys ofColumns(String[] columns) {
    return columns.length == 0 ? NONE : new GeneratedKeys(true, columns.clone());
  }
}
