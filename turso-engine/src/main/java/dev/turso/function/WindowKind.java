package dev.turso.function;

/**
 * The functions that exist only with OVER.
 *
 * @see <a href="https://www.sqlite.org/windowfunctions.html#built_in_window_functions">Built-in
 *     window functions</a>
 */
public enum WindowKind {
  ROW_NUMBER,
  RANK,
  DENSE_RANK,
  PERCENT_RANK,
  CUME_DIST,
  NTILE,
  LAG,
  LEAD,
  FIRST_VALUE,
  LAST_VALUE,
  NTH_VALUE
}
