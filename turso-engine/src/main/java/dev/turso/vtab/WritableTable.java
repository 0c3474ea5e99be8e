package dev.turso.vtab;

import dev.turso.value.Value;
import java.util.List;

/**
 * A virtual table that INSERT, UPDATE and DELETE write. Rows are known by their {@link
 * RowCursor#rowid}.
 *
 * <p>A write takes effect at once. What happens to it when the statement, the savepoint or the
 * transaction around it is undone is the table's own affair: the engine undoes nothing outside its
 * files. What a table cannot do it refuses with a {@link dev.turso.error.SqlException}.
 */
public interface WritableTable extends TableFunction {

  /**
   * Writes a new row.
   *
   * @param values one for each column, the hidden ones included; NULL for those that are not given
   * @return its rowid
   */
  long insert(List<Value> values);

  /** Gives a row other values, all of them, in the order of the columns. */
  void update(long rowid, List<Value> values);

  /** Takes a row away. */
  void delete(long rowid);
}
