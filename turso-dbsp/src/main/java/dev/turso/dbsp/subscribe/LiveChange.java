package dev.turso.dbsp.subscribe;

import dev.turso.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of a live query's result that came, changed or went. Immutable.
 *
 * @param kind what happened to the row
 * @param key what identifies the row in the result: the values of its key columns, or of all columns
 *     where the result has no proven key (then a row that occurs twice is inserted twice)
 * @param row the row after an insert or update, the row that was deleted otherwise
 * @param before the row before an update, else null
 */
public record LiveChange(
    Kind kind, List<Value> key, List<Value> row, @Nullable List<Value> before) {

  /** What happened to a row of the result. */
  public enum Kind {
    INSERT,
    UPDATE,
    DELETE
  }
}
