package dev.turso.sql.parse;

import dev.turso.error.SqlException;

/**
 * SQLite's limits on the size of statements, with its messages. Source: <a
 * href="https://www.sqlite.org/limits.html">Implementation Limits For SQLite</a>.
 */
public final class Limits {

  /** Columns of a table, an index, a result; terms of ORDER BY, GROUP BY and SET. */
  public static final int COLUMNS = 2000;

  /** Terms of a FROM clause, as written. */
  public static final int FROM_TERMS = 200;

  private Limits() {}

  /**
   * @param where what has the columns: "on t", "in index"
   */
  public static void checkColumns(int count, String where) {
    if (count > COLUMNS) {
      throw new SqlException("too many columns " + where);
    }
  }

  /**
   * @param clause ORDER or GROUP
   */
  public static void checkTerms(int count, String clause) {
    if (count > COLUMNS) {
      throw new SqlException("too many terms in " + clause + " BY clause");
    }
  }
}
